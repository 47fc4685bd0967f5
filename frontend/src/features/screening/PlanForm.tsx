import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import { drawSample, planQuery, type Quota, setPlan } from "@/api/sampling";
import type { Source } from "@/api/sources";
import { QuotaTable } from "./QuotaTable";
import { type QuotaRow, repeatedRow, rowsOfPlan } from "./quotaRows";
import classes from "./screening.module.css";
import { Card } from "@/ui/Card";
import { ConfirmButton } from "@/ui/ConfirmButton";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Notice } from "@/ui/Notice";

interface Props {
  projectId: number;
  quotas: readonly Quota[];
  sources: readonly Source[];
  isReadOnly: boolean;
}

/** The whole plan is stored at once; until then the lines are only here. */
export function PlanForm({ projectId, quotas, sources, isReadOnly }: Props) {
  const queryClient = useQueryClient();
  const [edited, setEdited] = useState<readonly QuotaRow[] | null>(null);
  const rows = edited ?? rowsOfPlan(quotas);
  const show = (stored: Quota[]) => {
    queryClient.setQueryData(planQuery(projectId).queryKey, stored);
    // What was opened has left the screening.
    return queryClient.invalidateQueries({ queryKey: ["screening", projectId, "clips"] });
  };
  const save = useMutation({
    mutationFn: () =>
      setPlan(
        projectId,
        rows.map(({ source, emotion, wanted }) => ({ source, emotion: emotion.trim(), wanted })),
      ),
    onSuccess: (stored) => {
      setEdited(null);
      return show(stored);
    },
  });
  const draw = useMutation({
    mutationFn: () => drawSample(projectId),
    onSuccess: (answer) => show(answer.quotas),
  });
  const repeated = repeatedRow(rows);
  return (
    <Card title="Sampling plan">
      <p className="quiet">
        How many clips of each source and emotion to caption. With a plan, clips that pass wait
        until they are drawn; without one, every clip that passes goes on.
      </p>
      <QuotaTable
        rows={rows}
        quotas={quotas}
        sources={sources}
        isReadOnly={isReadOnly}
        onChange={setEdited}
      />
      <ErrorNotice error={save.error ?? draw.error} />
      {repeated !== null && (
        <Notice tone="warning">
          A source and an emotion have one line. Take one of the two away.
        </Notice>
      )}
      {draw.data !== undefined && edited === null && (
        <p role="status">{sayDrawn(draw.data.drawn)}</p>
      )}
      {!isReadOnly && (
        <div className={classes.planBar}>
          <Button
            variant="default"
            disabled={quotas.length === 0 || edited !== null}
            loading={draw.isPending}
            onClick={() => draw.mutate()}
          >
            Draw clips
          </Button>
          <Button
            variant="default"
            disabled={edited === null}
            onClick={() => {
              setEdited(null);
              save.reset();
            }}
          >
            Undo my changes
          </Button>
          <SaveButton
            endsPlan={rows.length === 0 && quotas.length > 0}
            isDisabled={edited === null || repeated !== null}
            isBusy={save.isPending}
            onSave={() => save.mutate()}
          />
        </div>
      )}
    </Card>
  );
}

function sayDrawn(count: number): string {
  if (count === 0) return "No clip was drawn: every quota is full, or nothing is left to draw.";
  return count === 1 ? "1 clip was drawn and opened." : `${count} clips were drawn and opened.`;
}

interface SaveProps {
  endsPlan: boolean;
  isDisabled: boolean;
  isBusy: boolean;
  onSave: () => void;
}

function SaveButton({ endsPlan, isDisabled, isBusy, onSave }: SaveProps) {
  if (!endsPlan) {
    return (
      <Button disabled={isDisabled} loading={isBusy} onClick={onSave}>
        Save the plan
      </Button>
    );
  }
  return (
    <ConfirmButton
      loading={isBusy}
      question="End the sampling plan?"
      consequence="Every clip that waits to be drawn is opened, and cannot be put back."
      verb="End the plan"
      onConfirm={onSave}
    >
      Save the plan…
    </ConfirmButton>
  );
}
