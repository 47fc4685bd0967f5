import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ChangeEvent } from "react";

import { CLIP_ORDERS, type ClipFilters } from "@/api/clips";
import { sourcesQuery } from "@/api/sources";
import { STAGE_LABELS, STAGES } from "@/core/stages";
import { readClipFilters } from "./clipFilters";
import classes from "./clips.module.css";
import { PatientInput } from "./PatientInput";

const ORDER_LABELS = { newest: "Newest first", oldest: "Oldest first", name: "By name" } as const;
const STAGE_CHOICES = [
  { value: "", label: "Every stage" },
  ...STAGES.map((value) => ({ value, label: STAGE_LABELS[value] })),
];
const ORDER_CHOICES = CLIP_ORDERS.map((value) => ({ value, label: ORDER_LABELS[value] }));

interface Props {
  projectId: number;
  filters: ClipFilters;
  onFilter: (filters: ClipFilters) => void;
}

export function ClipFilterBar({ projectId, filters, onFilter }: Props) {
  const sources = useQuery(sourcesQuery(projectId)).data ?? [];
  const change = (name: keyof ClipFilters, event: ChangeEvent<HTMLSelectElement>) =>
    onFilter(readClipFilters({ ...filters, [name]: event.currentTarget.value }));
  return (
    <search className={classes.filters} aria-label="Filter the clips">
      <PatientInput
        label="Name"
        value={filters.search ?? ""}
        onSettled={(search) => onFilter(readClipFilters({ ...filters, search }))}
      />
      <NativeSelect
        label="Stage"
        data={STAGE_CHOICES}
        value={filters.stage ?? ""}
        onChange={(event) => change("stage", event)}
      />
      <NativeSelect
        label="Source"
        data={[
          { value: "", label: "Every source" },
          ...sources.map(({ id, name }) => ({ value: String(id), label: name })),
        ]}
        value={filters.source ?? ""}
        onChange={(event) => change("source", event)}
      />
      <PatientInput
        label="Emotion"
        value={filters.emotion ?? ""}
        onSettled={(emotion) => onFilter(readClipFilters({ ...filters, emotion }))}
      />
      <NativeSelect
        label="Order"
        data={ORDER_CHOICES}
        value={filters.order ?? "newest"}
        onChange={(event) => change("order", event)}
      />
    </search>
  );
}
