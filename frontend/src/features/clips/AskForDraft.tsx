import { Button, NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import { draftClipAgain } from "@/api/drafts";
import { modelVersionsQuery } from "@/api/modelVersions";
import classes from "./clips.module.css";
import { useClipChange } from "./useClipChange";
import { ErrorNotice } from "@/ui/ErrorNotice";

interface Props {
  projectId: number;
  clipId: number;
}

/** Asks any model of the project for its draft of this clip. */
export function AskForDraft({ projectId, clipId }: Props) {
  const versions = useQuery(modelVersionsQuery(projectId));
  const [chosen, setChosen] = useState("");
  const ask = useClipChange(clipId, (version: string) => draftClipAgain(clipId, version));
  const known = versions.data ?? [];
  const version = chosen === "" ? known[0]?.uid : chosen;
  return (
    <form
      aria-label="Ask for a draft"
      className={classes.askFor}
      onSubmit={(event) => {
        event.preventDefault();
        if (version !== undefined) ask.mutate(version);
      }}
    >
      <NativeSelect
        label="Draft by"
        data={known.map(({ uid, name }) => ({ value: uid, label: name }))}
        value={version ?? ""}
        onChange={({ currentTarget: { value } }) => setChosen(value)}
      />
      <Button
        type="submit"
        variant="default"
        loading={ask.isPending}
        disabled={version === undefined}
      >
        Ask for it
      </Button>
      <ErrorNotice error={versions.error ?? ask.error} />
    </form>
  );
}
