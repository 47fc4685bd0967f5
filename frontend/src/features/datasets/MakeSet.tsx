import { Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { instructionSetsQuery } from "@/api/datasets";
import { makeInstructionSet, type TemplateCandidate } from "@/api/templates";
import classes from "./templates.module.css";
import { Card } from "@/ui/Card";
import { ErrorNotice } from "@/ui/ErrorNotice";

// As many as the paper keeps of a hundred.
const USUAL = 20;

interface Props {
  projectId: number;
  candidates: readonly TemplateCandidate[];
}

/** What is kept becomes the next version of a set, which then never changes. */
export function MakeSet({ projectId, candidates }: Props) {
  const queryClient = useQueryClient();
  const [name, setName] = useState("Ours");
  const kept = candidates.filter(({ choice }) => choice === "kept").length;
  const making = useMutation({
    mutationFn: () => makeInstructionSet(projectId, name),
    onSuccess: () => queryClient.invalidateQueries(instructionSetsQuery(projectId)),
  });
  return (
    <Card title="Make a set">
      <ErrorNotice error={making.error} />
      <form
        aria-label="Make a set"
        className={classes.fields}
        onSubmit={(event) => {
          event.preventDefault();
          making.mutate();
        }}
      >
        <TextInput
          label="Name"
          maxLength={120}
          value={name}
          onChange={({ currentTarget: { value } }) => setName(value)}
        />
        <Button
          type="submit"
          loading={making.isPending}
          disabled={kept === 0 || name.trim() === ""}
        >
          Make a set of {kept}
        </Button>
      </form>
      {kept !== USUAL && <p className="quiet">A set usually has {USUAL} templates.</p>}
      {making.data !== undefined && (
        <p role="status">
          {making.data.name}, version {making.data.version}, is made. Exports may draw from it.
        </p>
      )}
    </Card>
  );
}
