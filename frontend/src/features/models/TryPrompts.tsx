import { Button, NativeSelect } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { type ModelVersion, modelVersionsQuery } from "@/api/modelVersions";
import { askForPreview, type PromptVersion } from "@/api/prompts";
import type { Clip } from "@/api/types";
import { ClipChoice } from "./ClipChoice";
import classes from "./models.module.css";
import { type Tried, TriedPrompts } from "./TriedPrompts";
import { Card } from "@/ui/Card";
import { ErrorNotice } from "@/ui/ErrorNotice";

interface Props {
  projectId: number;
  prompts: readonly PromptVersion[];
}

/** One or two prompts on one clip; nothing of it becomes a draft. */
export function TryPrompts({ projectId, prompts }: Props) {
  const models = useQuery(modelVersionsQuery(projectId));
  const hosted = (models.data ?? []).filter(({ kind }) => kind === "openai");
  return (
    <Card title="Try prompts on a clip">
      <ErrorNotice error={models.error} />
      {models.data !== undefined && hosted.length === 0 && (
        <p className="quiet">Register a hosted model first: prompts are for those only.</p>
      )}
      {hosted.length > 0 && prompts.length > 0 && (
        <TryDesk projectId={projectId} prompts={prompts} hosted={hosted} />
      )}
    </Card>
  );
}

interface DeskProps extends Props {
  hosted: readonly ModelVersion[];
}

function TryDesk({ projectId, prompts, hosted }: DeskProps) {
  const [clip, setClip] = useState<Clip | null>(null);
  const [model, setModel] = useState(hosted[0]?.uid ?? "");
  const [first, setFirst] = useState(prompts[0]?.uid ?? "");
  const [second, setSecond] = useState("");
  const chosen = [first, second].flatMap((uid) => prompts.filter((prompt) => prompt.uid === uid));
  const ask = useMutation({
    mutationFn: (on: Clip) =>
      Promise.all(
        chosen.map(async (prompt): Promise<Tried> => {
          const request = { version: model, clip: on.id };
          return { prompt, clip: on, job: await askForPreview(projectId, prompt.uid, request) };
        }),
      ),
  });
  const choices = prompts.map(({ uid, name, number }) => ({
    value: uid,
    label: `${name}, version ${number}`,
  }));
  return (
    <>
      <p className="quiet">Each answer is paid like a draft, and does not become one.</p>
      <form
        aria-label="Try prompts on a clip"
        className={classes.fields}
        onSubmit={(event) => {
          event.preventDefault();
          if (clip !== null) ask.mutate(clip);
        }}
      >
        <ClipChoice projectId={projectId} clip={clip} onChoose={setClip} />
        <NativeSelect
          label="Model"
          data={hosted.map(({ uid, name }) => ({ value: uid, label: name }))}
          value={model}
          onChange={({ currentTarget: { value } }) => setModel(value)}
        />
        <NativeSelect
          label="Prompt"
          data={choices}
          value={first}
          onChange={({ currentTarget: { value } }) => {
            setFirst(value);
            if (value === second) setSecond("");
          }}
        />
        <NativeSelect
          label="Beside it"
          data={[
            { value: "", label: "No other" },
            ...choices.filter(({ value }) => value !== first),
          ]}
          value={second}
          onChange={({ currentTarget: { value } }) => setSecond(value)}
        />
        <Button type="submit" variant="default" loading={ask.isPending} disabled={clip === null}>
          Try
        </Button>
      </form>
      <ErrorNotice error={ask.error} />
      {ask.data !== undefined && <TriedPrompts tried={ask.data} />}
    </>
  );
}
