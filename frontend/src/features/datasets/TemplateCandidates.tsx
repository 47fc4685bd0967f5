import { Button, Group, Kbd, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";

import { compareTemplates, candidatesQuery, type TemplateCandidate } from "@/api/templates";
import { useStartedJob } from "@/api/useStartedJob";
import { isOrder, type Order, ORDER_LABELS, ORDERS, shownCandidates } from "./candidateOrder";
import classes from "./templates.module.css";
import { TemplateRow } from "./TemplateRow";
import { useChoosing } from "./useChoosing";
import { Card } from "@/ui/Card";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { JobProgress } from "@/ui/JobProgress";

interface Props {
  projectId: number;
  candidates: readonly TemplateCandidate[];
}

/** Kept or dropped one by one, by key or by button. */
export function TemplateCandidates({ projectId, candidates }: Props) {
  const [sought, setSought] = useState("");
  const [order, setOrder] = useState<Order>("added");
  const shown = shownCandidates(candidates, sought, order);
  const choosing = useChoosing(projectId);
  const comparing = useStartedJob(
    () => compareTemplates(projectId),
    [candidatesQuery(projectId).queryKey],
  );
  const kept = candidates.filter(({ choice }) => choice === "kept").length;
  const open = candidates.filter(({ choice }) => choice === "open").length;
  return (
    <Card title="Candidates" aside={<span className="quiet">{`${kept} kept, ${open} open`}</span>}>
      <Group align="end">
        <TextInput
          label="Search"
          type="search"
          value={sought}
          onChange={({ currentTarget: { value } }) => setSought(value)}
        />
        <NativeSelect
          label="Order"
          data={ORDERS.map((known) => ({ value: known, label: ORDER_LABELS[known] }))}
          value={order}
          onChange={({ currentTarget: { value } }) => isOrder(value) && setOrder(value)}
        />
        <Button
          variant="default"
          loading={comparing.isBusy}
          disabled={candidates.length < 2}
          onClick={comparing.start}
        >
          Compare by meaning
        </Button>
      </Group>
      {comparing.job !== null && <JobProgress label="Comparing" job={comparing.job} />}
      <ErrorNotice error={choosing.error ?? comparing.error} />
      <p className="quiet">
        In the list: <Kbd>↓</Kbd> <Kbd>↑</Kbd> move, <Kbd>K</Kbd> keeps, <Kbd>D</Kbd> drops,{" "}
        <Kbd>O</Kbd> opens again.
      </p>
      {shown.length === 0 && <p>No candidate is here.</p>}
      {/* In another order the list begins at its top again. */}
      <ul key={order} className={classes.candidates} aria-label="Candidates">
        {shown.map((candidate) => (
          <TemplateRow key={candidate.uid} candidate={candidate} choosing={choosing} />
        ))}
      </ul>
    </Card>
  );
}
