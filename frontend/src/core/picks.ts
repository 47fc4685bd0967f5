import type { AlignedRow } from "./rowAlignment";
import type { CaptionDocument } from "./captionDocument";

/** A caption that is read beside the one that is made. */
export interface Source {
  kind: "annotation" | "draft" | "consolidation";
  uid: string;
  /** What a person calls it: `A`, `X`, `R1`. Never a name. */
  label: string;
  document: CaptionDocument;
}

/** One finished result alone: its sentences are judged, not chosen. */
export function isOneResult(sources: readonly Source[]): boolean {
  return sources.length === 1 && sources[0]?.kind === "consolidation";
}

export interface PickSource {
  kind: Source["kind"];
  uid: string;
  sentence: string;
}

/** One decision: which sentence, out of which, changed how. */
export interface Pick {
  action: "take" | "merge" | "edit" | "write" | "drop";
  sentence: string;
  sources: readonly PickSource[];
  text_before: string;
  text_after: string;
  reason: string;
}

/** A decision of this sitting; the key tells it from an equal one. */
export interface MadePick extends Pick {
  key: string;
}

/** What the journal keeps and a save sends. */
export interface ReviewText {
  document: CaptionDocument;
  picks: readonly MadePick[];
}

export interface PicksView {
  /** The sentence of the result that a row led to, by the row's id. */
  readonly finals: ReadonlyMap<string, string>;
  readonly dropped: ReadonlySet<string>;
  /** Where a sentence of the result came from, by its id. */
  readonly sources: ReadonlyMap<string, readonly PickSource[]>;
}

export function sourceIn(source: Source, sentence: string): PickSource {
  return { kind: source.kind, uid: source.uid, sentence };
}

export function isSameSource(one: PickSource, other: PickSource): boolean {
  return one.kind === other.kind && one.uid === other.uid && one.sentence === other.sentence;
}

/** The sources that stand in a row, in the order of the columns. */
export function sourcesOfRow(row: AlignedRow, columns: readonly Source[]): PickSource[] {
  return columns.flatMap((column, index) => {
    const cell = row.cells[index];
    return cell ? [sourceIn(column, cell.id)] : [];
  });
}

/** What the decisions made so far, in their order, amount to. */
export function readPicks(
  picks: readonly Pick[],
  rows: readonly AlignedRow[],
  columns: readonly Source[],
): PicksView {
  const rowOf = new Map(
    rows.flatMap((row) =>
      sourcesOfRow(row, columns).map((source) => [keyOf(source), row.id] as const),
    ),
  );
  const finals = new Map<string, string>();
  const dropped = new Set<string>();
  const sources = new Map<string, readonly PickSource[]>();
  for (const pick of picks) {
    const row = pick.sources[0] && rowOf.get(keyOf(pick.sources[0]));
    if (pick.action === "take") sources.set(pick.sentence, pick.sources);
    if (pick.action === "merge") {
      sources.set(pick.sentence, [...(sources.get(pick.sentence) ?? []), ...pick.sources]);
    }
    if (row === undefined) continue;
    if (pick.action === "drop") {
      finals.delete(row);
      dropped.add(row);
    } else if (pick.action !== "merge") {
      finals.set(row, pick.sentence);
      dropped.delete(row);
    }
  }
  return { finals, dropped, sources };
}

function keyOf({ kind, uid, sentence }: PickSource): string {
  return `${kind} ${uid} ${sentence}`;
}

/** Whether two picks record the same decision, whenever they were made. */
export function isSamePick(one: Pick, other: Pick): boolean {
  const contentOf = ({ action, sentence, sources, text_before, text_after }: Pick) =>
    JSON.stringify([
      action,
      sentence,
      sources.map(({ kind, uid, sentence: id }) => [kind, uid, id]),
      text_before,
      text_after,
    ]);
  return contentOf(one) === contentOf(other);
}

export function withoutKey(pick: MadePick): Pick {
  const { action, sentence, sources, text_before, text_after, reason } = pick;
  return { action, sentence, sources, text_before, text_after, reason };
}
