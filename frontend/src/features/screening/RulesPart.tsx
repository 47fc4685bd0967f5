import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { errorOfField } from "@/api/fieldErrors";
import { isProblem } from "@/api/problem";
import { useHasRole } from "@/api/roles";
import {
  changeRules,
  type HeldRules,
  rulesQuery,
  screeningKey,
  type ScreeningRules,
} from "@/api/screening";
import { RULE_GROUPS } from "./ruleFields";
import { RuleInput } from "./RuleInput";
import classes from "./screening.module.css";
import { Card } from "@/ui/Card";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";
import { Notice } from "@/ui/Notice";
import { SaveBar } from "@/ui/SaveBar";

export function RulesPart({ projectId }: { projectId: number }) {
  const held = useQuery(rulesQuery(projectId));
  if (held.error !== null) return <ErrorNotice error={held.error} />;
  if (held.data === undefined) return <Loading label="Loading the rules" />;
  return <RulesForm projectId={projectId} held={held.data} />;
}

const NO_EDITS: Partial<ScreeningRules> = {};

/** Holds only what the person changed, so that another lead's change shows through the rest. */
function RulesForm({ projectId, held }: { projectId: number; held: HeldRules }) {
  const queryClient = useQueryClient();
  const isLead = useHasRole(projectId, "lead");
  const [edits, setEdits] = useState(NO_EDITS);
  const save = useMutation({
    mutationFn: () => changeRules(projectId, held.revision, edits),
    onSuccess: (saved) => {
      queryClient.setQueryData(rulesQuery(projectId).queryKey, saved);
      setEdits(NO_EDITS);
      return queryClient.invalidateQueries({ queryKey: [...screeningKey(projectId), "clips"] });
    },
    // After a conflict the other lead's bounds are shown, after any other refusal nothing moves.
    onError: () => queryClient.invalidateQueries(rulesQuery(projectId)),
  });
  const isConflict = isProblem(save.error, "revision_conflict");
  const hasEdits = Object.keys(edits).length > 0;
  return (
    <form
      aria-label="Rules"
      className={classes.rules}
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate();
      }}
    >
      {RULE_GROUPS.map(({ title, effect, fields }) => (
        <Card key={title} title={title}>
          <p className="quiet">{effect}</p>
          {fields.map((field) => (
            <RuleInput
              key={field.name}
              field={field}
              rules={{ ...held.rules, ...edits }}
              usual={held.usual}
              error={errorOfField(save.error, field.name)}
              isReadOnly={!isLead}
              onChange={(change) => setEdits({ ...edits, ...change })}
            />
          ))}
        </Card>
      ))}
      {isConflict && (
        <Notice tone="warning" title="Somebody else changed the rules meanwhile.">
          Their bounds are shown now where you changed nothing. Look at yours, then save again.
        </Notice>
      )}
      {!isConflict && <ErrorNotice error={save.error} />}
      {isLead && (
        <SaveBar
          hasEdits={hasEdits}
          isSaving={save.isPending}
          saved={save.isSuccess ? "Saved. The clips in the screening are judged anew." : null}
          onUndo={() => {
            setEdits(NO_EDITS);
            save.reset();
          }}
        >
          <Button variant="default" onClick={() => setEdits(held.usual)}>
            Use the usual bounds
          </Button>
        </SaveBar>
      )}
    </form>
  );
}
