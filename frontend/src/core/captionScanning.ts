import type { InferenceSpan } from "./captionDocument";
import { present } from "./captionEditing";
import { NEUTRAL, SPECIAL } from "./captionMarked";
import type { Problems } from "./captionProblems";
import { plainLines } from "./captionSentences";
import { isBlank, pointsOf } from "./captionText";

/** Text without brackets and escapes, and a shadow in which escaped characters are neutral. */
export interface Scanned {
  readonly plain: string[];
  readonly shadow: string[];
  /** Where each character stood in the text that was read. */
  readonly places: number[];
  readonly spans: InferenceSpan[];
}

/** The open bracket, where its words begin, and its replacement so far. */
interface OpenMark {
  place: number;
  start: number;
  replacement: string[] | null;
}

export function scanMarked(text: string, problems: Problems): Scanned {
  return new Scanner(problems).read(pointsOf(plainLines(text)));
}

class Scanner {
  private readonly scanned: Scanned = { plain: [], shadow: [], places: [], spans: [] };
  private open: OpenMark | null = null;

  constructor(private readonly problems: Problems) {}

  read(points: readonly string[]): Scanned {
    let index = 0;
    for (let point = points[0]; point !== undefined; point = points[index]) {
      if (point === "\\") {
        this.escape(points[index + 1], index);
        index += 2;
      } else {
        this.character(point, index);
        index += 1;
      }
    }
    if (this.open !== null) {
      this.problems.add("", "bracket_open", "This bracket is never closed.", this.open.place);
    }
    return this.scanned;
  }

  private character(point: string, index: number): void {
    if (point === "[") this.openMark(index);
    else if (point === "]") this.closeMark(index);
    else if (point === "|" && this.open?.replacement === null) this.open.replacement = [];
    else this.keep(point, point, index);
  }

  private escape(point: string | undefined, index: number): void {
    if (point === undefined || point === "\n") {
      const message = "A backslash must stand before a character. Write two for a backslash.";
      this.problems.add("", "escape_dangling", message, index);
    } else {
      this.keep(point, SPECIAL.has(point) ? point : NEUTRAL, index);
    }
  }

  private keep(point: string, shadow: string, index: number): void {
    if (this.open?.replacement) {
      this.open.replacement.push(point);
      return;
    }
    this.scanned.plain.push(point);
    this.scanned.shadow.push(shadow);
    this.scanned.places.push(index);
  }

  private openMark(place: number): void {
    if (this.open !== null) {
      const message = "A mark cannot stand inside a mark. Close the first, or write \\[.";
      this.problems.add("", "bracket_nested", message, place);
      return;
    }
    this.open = { place, start: this.scanned.plain.length, replacement: null };
  }

  private closeMark(index: number): void {
    if (this.open === null) {
      const message = "This bracket closes nothing. Remove it, or write \\].";
      this.problems.add("", "bracket_unopened", message, index);
      return;
    }
    const { place, start, replacement } = this.open;
    const { plain, spans } = this.scanned;
    if (isBlank(plain, start)) {
      const message = "This mark is empty. Put the inferred words between the brackets.";
      this.problems.add("", "bracket_empty", message, place);
    } else {
      const instead = replacement?.length ? replacement.join("") : null;
      spans.push({ start, end: plain.length, ...present("replacement", instead) });
    }
    this.open = null;
  }
}
