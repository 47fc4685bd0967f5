import { Group, Select } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import {
  type Evaluation,
  evaluationsKey,
  evaluationsQuery,
  FILE_FORMS,
  leaderboardFile,
  leaderboardQuery,
  type Table,
  tablesQuery,
} from "@/api/evaluations";
import { useHasRole } from "@/api/roles";
import { EvaluateButton } from "./EvaluateButton";
import { JudgeConsistency } from "./JudgeConsistency";
import { JudgeNote } from "./JudgeNote";
import { LeaderboardTable } from "./LeaderboardTable";
import { chosenTable, keyOf, type LeaderboardView } from "./leaderboardView";
import classes from "./leaderboard.module.css";
import { PublishedRows } from "./PublishedRows";
import { SPLIT_LABELS } from "./splitLabels";
import { UnderWay } from "./UnderWay";
import { UploadButton } from "./UploadButton";
import { EmptyState } from "@/ui/EmptyState";
import { ErrorNotice } from "@/ui/ErrorNotice";
import { Loading } from "@/ui/Loading";
import { NoPermission } from "@/ui/NoPermission";
import { Notice } from "@/ui/Notice";
import { Page } from "@/ui/Page";

interface Props {
  projectId: number;
  view: LeaderboardView;
  onView: (view: LeaderboardView) => void;
}

/** Which model tells best what the clips show, beside people and beside chance. */
export default function LeaderboardPage({ projectId, view, onView }: Props) {
  const isSeer = useHasRole(projectId, "lead", "ml");
  if (!isSeer) {
    return <NoPermission title="Leaderboard" forWhom="leads and ML staff of the project" />;
  }
  return <Leaderboards projectId={projectId} view={view} onView={onView} />;
}

function Leaderboards({ projectId, view, onView }: Props) {
  const evaluations = useQuery(evaluationsQuery(projectId));
  const tables = useQuery(tablesQuery(projectId));
  useReadAnewWhenDone(projectId, evaluations.data ?? []);
  const known = tables.data ?? [];
  const table = chosenTable(known, view);
  return (
    <Page
      title="Leaderboard"
      description="What models write about the clips of a split, scored against the approved captions."
      width="wide"
      actions={
        <>
          <UploadButton projectId={projectId} />
          <EvaluateButton projectId={projectId} />
        </>
      }
    >
      <ErrorNotice error={tables.error ?? evaluations.error} />
      <UnderWay evaluations={evaluations.data ?? []} />
      {tables.isPending && <Loading label="Loading the tables" />}
      {tables.isSuccess && known.length === 0 && (
        <EmptyState title="Nothing is evaluated yet">
          Freeze a dataset version with a test split, then evaluate a model on it or upload what
          another model wrote.
        </EmptyState>
      )}
      {table !== undefined && (
        <OneTable
          projectId={projectId}
          tables={known}
          table={table}
          against={view.against ?? ""}
          onView={onView}
        />
      )}
    </Page>
  );
}

/** A finished evaluation is a new row, and the last look at it may have been before its end. */
function useReadAnewWhenDone(projectId: number, evaluations: readonly Evaluation[]): void {
  const queryClient = useQueryClient();
  const done = evaluations.filter(({ status }) => status === "done").length;
  useEffect(() => {
    for (const part of ["tables", "leaderboard"]) {
      void queryClient.invalidateQueries({ queryKey: [...evaluationsKey(projectId), part] });
    }
  }, [queryClient, projectId, done]);
}

interface TableProps {
  projectId: number;
  tables: readonly Table[];
  table: Table;
  against: string;
  onView: (view: LeaderboardView) => void;
}

function OneTable({ projectId, tables, table, against, onView }: TableProps) {
  const choice = {
    version: table.version,
    split: table.split,
    judge: table.judge ?? "",
    against,
  };
  const { data, error } = useQuery(leaderboardQuery(projectId, choice));
  return (
    <>
      <Group align="end" justify="space-between">
        <Select
          label="Table"
          w={420}
          maw="100%"
          allowDeselect={false}
          data={tables.map((each) => ({ value: keyOf(each), label: sayTable(each) }))}
          value={keyOf(table)}
          onChange={(key) => {
            const chosen = tables.find((each) => keyOf(each) === key) ?? table;
            onView({
              version: chosen.version,
              split: chosen.split,
              judge: chosen.judge ?? undefined,
            });
          }}
        />
        <p className={classes.files}>
          Take it along:{" "}
          {FILE_FORMS.map((form) => (
            <a key={form} href={leaderboardFile(form, choice)} download>
              {form === "latex" ? "LaTeX" : form.toUpperCase()}
            </a>
          ))}
        </p>
      </Group>
      <ErrorNotice error={error} />
      {data?.warnings.map((warning) => (
        <Notice key={warning} tone="warning">
          {warning}
        </Notice>
      ))}
      {data !== undefined && data.rows.length > 0 && (
        <>
          <JudgeNote table={data} />
          <LeaderboardTable
            table={data}
            against={against}
            onAgainst={(row) => onView({ ...choice, against: row })}
          />
          <PublishedRows table={data} />
          <JudgeConsistency
            key={`${table.version} ${table.split}`}
            version={table.version}
            split={table.split}
          />
        </>
      )}
    </>
  );
}

function sayTable({ number, split, judge_name: judge, done, under_way: left }: Table): string {
  const counted = `${done} rows${left > 0 ? `, ${left} under way` : ""}`;
  const name = judge === "offline" ? "offline judge" : judge;
  return `Version ${number}, ${SPLIT_LABELS[split].toLowerCase()}, ${name} (${counted})`;
}
