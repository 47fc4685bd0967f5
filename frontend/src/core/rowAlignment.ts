import { type CaptionDocument, type Part, PHASES, type Sentence } from "./captionDocument";
import { sentencesOf } from "./captionRendering";
import { sentenceLikeness } from "./sentenceLikeness";

/** What the columns say at one place: a sentence of each, or nothing. */
export interface AlignedRow {
  /** Stays the same as long as the columns do. */
  id: string;
  part: Part;
  cells: readonly (Sentence | null)[];
}

type Cells = readonly (Sentence | null)[];

/** Below this, two sentences stand in rows of their own. */
const LEAST_LIKENESS = 0.35;

const PARTS: readonly Part[] = ["external_attributes", "facial_changes", "summary"];

/** A row is as like a sentence as its likest cell. */
function rowLikeness(cells: Cells, sentence: Sentence): number {
  return Math.max(...cells.map((cell) => (cell === null ? 0 : sentenceLikeness(cell, sentence))));
}

/** Numbers by row and column; 0 beyond the edges. */
class Grid {
  private readonly rows: number[][];

  constructor(rows: number, columns: number) {
    this.rows = Array.from({ length: rows }, () => new Array<number>(columns).fill(0));
  }

  at(row: number, column: number): number {
    return this.rows[row]?.[column] ?? 0;
  }

  set(row: number, column: number, value: number): void {
    const line = this.rows[row];
    if (line !== undefined) line[column] = value;
  }
}

function gainsOf(rows: readonly Cells[], sentences: readonly Sentence[]): Grid {
  const gains = new Grid(rows.length, sentences.length);
  rows.forEach((cells, row) =>
    sentences.forEach((sentence, column) =>
      gains.set(row, column, Math.max(0, rowLikeness(cells, sentence) - LEAST_LIKENESS)),
    ),
  );
  return gains;
}

/** The best sum of gains from each place on, when order is kept (Needleman and Wunsch). */
function bestFrom(gains: Grid, height: number, width: number): Grid {
  const best = new Grid(height, width);
  for (let row = height - 1; row >= 0; row -= 1) {
    for (let column = width - 1; column >= 0; column -= 1) {
      const paired = gains.at(row, column) + best.at(row + 1, column + 1);
      best.set(row, column, Math.max(paired, best.at(row + 1, column), best.at(row, column + 1)));
    }
  }
  return best;
}

/** The row of each sentence that has one, by the sentence's index. */
function pairsOf(rows: readonly Cells[], sentences: readonly Sentence[]): Map<number, number> {
  const gains = gainsOf(rows, sentences);
  const best = bestFrom(gains, rows.length, sentences.length);
  const pairs = new Map<number, number>();
  let row = 0;
  let column = 0;
  while (row < rows.length && column < sentences.length) {
    const here = best.at(row, column);
    const gain = gains.at(row, column);
    if (gain > 0 && here === gain + best.at(row + 1, column + 1)) {
      pairs.set(column, row);
      row += 1;
      column += 1;
    } else if (here === best.at(row + 1, column)) row += 1;
    else column += 1;
  }
  return pairs;
}

/** Whether a row without a partner for a sentence stands above it: by frames, else by phase. */
function isEarlier(cells: Cells, { frames, phase }: Sentence): boolean {
  const timed = cells.find((cell) => cell?.frames)?.frames;
  if (timed && frames) return timed[0] <= frames[0];
  const told = cells.find((cell) => cell?.phase)?.phase;
  return !told || !phase || PHASES.indexOf(told) <= PHASES.indexOf(phase);
}

function addColumn(
  rows: readonly Cells[],
  sentences: readonly Sentence[],
  width: number,
): readonly Cells[] {
  const pairs = pairsOf(rows, sentences);
  const joined: Cells[] = [];
  let next = 0;
  const passRows = (end: number, isAbove: (cells: Cells) => boolean) => {
    for (let cells = rows[next]; cells && next < end && isAbove(cells); cells = rows[next]) {
      joined.push([...cells, null]);
      next += 1;
    }
  };
  sentences.forEach((sentence, column) => {
    const row = pairs.get(column);
    if (row === undefined) {
      const later = sentences.findIndex((_, index) => index > column && pairs.has(index));
      passRows(pairs.get(later) ?? rows.length, (cells) => isEarlier(cells, sentence));
      joined.push([...new Array<null>(width).fill(null), sentence]);
      return;
    }
    passRows(row, () => true);
    joined.push([...(rows[row] ?? []), sentence]);
    next = row + 1;
  });
  passRows(rows.length, () => true);
  return joined;
}

/** There is one summary at most, so all of them stand in one row, however they differ. */
function summaryRows(columns: readonly (readonly Sentence[])[]): Cells[] {
  const cells = columns.map((sentences) => sentences[0] ?? null);
  return cells.some((cell) => cell !== null) ? [cells] : [];
}

function alignLists(columns: readonly (readonly Sentence[])[]): readonly Cells[] {
  return columns.reduce<readonly Cells[]>(addColumn, []);
}

/** Puts sentences of several captions that may mean the same side by side, each in its order. */
export function alignRows(documents: readonly CaptionDocument[]): AlignedRow[] {
  return PARTS.flatMap((part) => {
    const columns = documents.map((document) => sentencesOf(document, part));
    const rows = part === "summary" ? summaryRows(columns) : alignLists(columns);
    return rows.map((cells) => {
      const first = cells.findIndex((cell) => cell !== null);
      return { id: `${part}:${first}:${cells[first]?.id ?? ""}`, part, cells };
    });
  });
}
