import type { CaptionDocument, Sentence } from "./captionDocument";
import { findSentence, listSentences } from "./documentEdits";
import { isSameSource, type PicksView, type PickSource, type Source, sourceIn } from "./picks";
import type { AlignedRow } from "./rowAlignment";
import type { RowView } from "./rowState";

export interface ReviewRow extends AlignedRow, RowView {}

/** What became of a row: its sentence of the result, a drop, or nothing yet. */
export interface Decision {
  final: Sentence | null;
  isDropped: boolean;
}

/** Rows of the annotations that nothing was decided about. */
export function openRows(
  rows: readonly ReviewRow[],
  decisions: ReadonlyMap<string, Decision>,
): readonly ReviewRow[] {
  return rows.filter(({ id, state }) => {
    const decision = decisions.get(id);
    return state !== "draft" && decision?.final === null && !decision.isDropped;
  });
}

export function decide(
  row: ReviewRow,
  sources: readonly Source[],
  picks: PicksView,
  document: CaptionDocument,
): Decision {
  const sentences = listSentences(document);
  const chosen = sentences.find(({ id }) => id === picks.finals.get(row.id));
  const final = chosen ?? sentences.find((sentence) => standsIn(sentence, row, sources)) ?? null;
  return { final, isDropped: final === null && picks.dropped.has(row.id) };
}

/** Whether a sentence of the result says itself that it belongs to a row. */
function standsIn(sentence: Sentence, row: ReviewRow, sources: readonly Source[]): boolean {
  return row.cells.some((cell, column) => {
    const source = sources[column];
    if (cell === null || source === undefined) return false;
    // A result that is settled keeps the ids of its sentences.
    if (source.kind === "consolidation") return cell.id === sentence.id;
    return Boolean(sentence.origin && isSameSource(sentence.origin, sourceIn(source, cell.id)));
  });
}

/** The compared results that say exactly this, under the same id. */
export function resultsThatSay(sources: readonly Source[], { id, text }: Sentence): PickSource[] {
  return sources
    .filter(({ kind, document }) => {
      return kind === "consolidation" && findSentence(document, id)?.sentence.text === text;
    })
    .map((source) => sourceIn(source, id));
}
