import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { CLIP_ORDERS, type ClipFilters } from "@/api/clips";
import { sourcesQuery } from "@/api/sources";
import { STAGE_LABELS, STAGES } from "@/core/stages";
import classes from "./clips.module.css";
import { PatientInput } from "./PatientInput";

const ORDER_LABELS = { newest: "Newest first", oldest: "Oldest first", name: "By name" } as const;
const STAGE_CHOICES = STAGES.map((value) => ({ value, label: STAGE_LABELS[value] }));
const ORDER_CHOICES = CLIP_ORDERS.map((value) => ({ value, label: ORDER_LABELS[value] }));

interface Props {
  projectId: number;
  filters: ClipFilters;
  onFilter: (filters: ClipFilters) => void;
}

export function ClipFilterBar({ projectId, filters, onFilter }: Props) {
  const sources = useQuery(sourcesQuery(projectId)).data ?? [];
  return (
    <search className={classes.filters} aria-label="Filter the clips">
      <PatientInput
        label="Name"
        value={filters.search ?? ""}
        onSettled={(search) => onFilter({ ...filters, search: search === "" ? undefined : search })}
      />
      <Select
        label="Stage"
        placeholder="Every stage"
        clearable
        clearButtonProps={{ "aria-label": "Show every stage" }}
        data={STAGE_CHOICES}
        value={filters.stage ?? null}
        onChange={(stage) => onFilter({ ...filters, stage: stage ?? undefined })}
      />
      <Select
        label="Source"
        placeholder="Every source"
        clearable
        clearButtonProps={{ "aria-label": "Show every source" }}
        data={sources.map(({ id, name }) => ({ value: String(id), label: name }))}
        value={filters.source === undefined ? null : String(filters.source)}
        onChange={(id) => onFilter({ ...filters, source: id === null ? undefined : Number(id) })}
      />
      <PatientInput
        label="Emotion"
        value={filters.emotion ?? ""}
        onSettled={(emotion) =>
          onFilter({ ...filters, emotion: emotion === "" ? undefined : emotion })
        }
      />
      <Select
        label="Order"
        allowDeselect={false}
        data={ORDER_CHOICES}
        value={filters.order ?? "newest"}
        onChange={(order) => onFilter({ ...filters, order: order ?? undefined })}
      />
    </search>
  );
}
