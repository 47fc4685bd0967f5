import { ActionIcon, Button, NativeSelect, NumberInput, TextInput } from "@mantine/core";

import type { Quota } from "@/api/sampling";
import type { Source } from "@/api/sources";
import { type QuotaRow, stateOf } from "./quotaRows";
import classes from "./screening.module.css";
import { type Column, DataTable } from "@/ui/DataTable";
import { EmptyState } from "@/ui/EmptyState";
import { Icon } from "@/ui/Icon";

interface Props {
  rows: readonly QuotaRow[];
  quotas: readonly Quota[];
  sources: readonly Source[];
  isReadOnly: boolean;
  onChange: (rows: readonly QuotaRow[]) => void;
}

/** A number that people begin with, not a recommendation. */
const FIRST_WANTED = 100;

export function QuotaTable({ rows, quotas, sources, isReadOnly, onChange }: Props) {
  const [firstSource] = sources;
  return (
    <>
      <DataTable
        caption="Quotas"
        columns={columnsFor({ rows, quotas, sources, isReadOnly, onChange })}
        rows={rows}
        rowKey={({ key }) => key}
        empty={
          <EmptyState title="There is no sampling plan">
            Every clip that passes the screening goes on.
          </EmptyState>
        }
      />
      {!isReadOnly && (
        <Button
          className={classes.add}
          variant="default"
          disabled={firstSource === undefined}
          onClick={() =>
            firstSource !== undefined &&
            onChange([
              ...rows,
              {
                key: crypto.randomUUID(),
                source: firstSource.id,
                emotion: "",
                wanted: FIRST_WANTED,
              },
            ])
          }
        >
          Add a line
        </Button>
      )}
    </>
  );
}

function columnsFor({ rows, quotas, sources, isReadOnly, onChange }: Props): Column<QuotaRow>[] {
  const change = (row: QuotaRow, changes: Partial<QuotaRow>) =>
    onChange(rows.map((other) => (other === row ? { ...row, ...changes } : other)));
  const choices = sources.map(({ id, name }) => ({ value: String(id), label: name }));
  return [
    {
      key: "source",
      header: "Source",
      cell: (row) => (
        <NativeSelect
          aria-label="Source"
          data={choices}
          value={String(row.source)}
          disabled={isReadOnly}
          onChange={({ currentTarget: { value } }) => change(row, { source: Number(value) })}
        />
      ),
    },
    {
      key: "emotion",
      header: "Emotion, by its source",
      cell: (row) => (
        <TextInput
          aria-label="Emotion"
          placeholder="Without one"
          maxLength={64}
          value={row.emotion}
          disabled={isReadOnly}
          onChange={({ currentTarget: { value } }) => change(row, { emotion: value })}
        />
      ),
    },
    {
      key: "wanted",
      header: "Wanted",
      numeric: true,
      cell: (row) => (
        <NumberInput
          aria-label="Wanted"
          className={classes.wanted}
          allowDecimal={false}
          min={0}
          max={1_000_000}
          value={row.wanted}
          disabled={isReadOnly}
          onChange={(value) => value !== "" && change(row, { wanted: Number(value) })}
        />
      ),
    },
    countColumn("taken", "Have", quotas),
    countColumn("waiting", "Can be drawn", quotas),
    {
      key: "remove",
      header: "",
      cell: (row) =>
        !isReadOnly && (
          <ActionIcon
            aria-label={`Remove the line ${row.emotion}`.trim()}
            onClick={() => onChange(rows.filter((other) => other !== row))}
          >
            <Icon name="remove" />
          </ActionIcon>
        ),
    },
  ];
}

function countColumn(
  name: "taken" | "waiting",
  header: string,
  quotas: readonly Quota[],
): Column<QuotaRow> {
  return { key: name, header, numeric: true, cell: (row) => stateOf(row, quotas)?.[name] ?? "–" };
}
