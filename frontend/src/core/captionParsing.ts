/** Reads a caption document out of JSON as strictly as annotation/captions/parsing.py. */

import {
  type CaptionDocument,
  type InferenceSpan,
  type Origin,
  PHASES,
  type Sentence,
} from "./captionDocument";
import { present } from "./captionEditing";
import { Problems } from "./captionProblems";
import { isBlank, pointsOf } from "./captionText";

export const MAX_SENTENCES = 500;
export const MAX_SENTENCE_LENGTH = 10_000;
export const MAX_LENGTH = 20_000;

const MAX_FRAME = 5_184_000;
const MAX_DISTANCE = 2 * MAX_SENTENCE_LENGTH;
// Line ends would break the one-line rule; NUL and lone surrogates cannot be stored.
const FORBIDDEN = /^[\p{Cc}\u2028\u2029\p{Cs}]$/u;
const IDENTIFIER = /^[A-Za-z0-9_-]{1,64}$/;
const KINDS = ["draft", "annotation", "consolidation"] as const;
const PARTS = ["external_attributes", "facial_changes", "summary"] as const;

type Fields = Partial<Record<string, unknown>>;

/** Throws InvalidCaption with every fault. */
export function parseCaption(value: unknown): CaptionDocument {
  const problems = new Problems();
  const document = new Reader(problems).document(value);
  problems.refuseIfAny("The caption document is not well formed. Correct the fields named.");
  return document;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Goes through the whole value; what cannot be read becomes a problem and a blank. */
class Reader {
  private readonly ids = new Set<string>();
  private length = 0;

  constructor(private readonly problems: Problems) {}

  document(value: unknown): CaptionDocument {
    const found = this.fields(value, "", ["schema", ...PARTS]);
    const document: CaptionDocument = {
      schema: 1,
      external_attributes: [],
      facial_changes: [],
      summary: null,
    };
    if (found === null) return document;
    if (found.schema !== 1) {
      this.problems.add("schema", "unknown_schema", "The schema must be 1.");
    }
    document.external_attributes = this.part(found, "external_attributes");
    document.facial_changes = this.part(found, "facial_changes");
    document.summary = found.summary == null ? null : this.sentence(found.summary, "summary");
    if (this.length > MAX_LENGTH) {
      const message = `The caption holds ${this.length} characters; at most ${MAX_LENGTH} fit.`;
      this.problems.add("", "too_long", message);
    }
    return document;
  }

  private part(found: Fields, field: string): Sentence[] {
    return this.list(found[field], field, MAX_SENTENCES).map((item, index) =>
      this.sentence(item, `${field}.${index}`),
    );
  }

  private sentence(value: unknown, field: string): Sentence {
    const keys = ["id", "text", "inferences", "phase", "frames", "origin"];
    const found = this.fields(value, field, keys);
    if (found === null) return { id: "", text: "", inferences: [] };
    const text = this.text(found.text, `${field}.text`);
    return {
      id: this.sentenceId(found.id, `${field}.id`),
      text,
      inferences: this.spans(found.inferences, `${field}.inferences`, pointsOf(text)),
      ...present("phase", this.choice(found.phase, `${field}.phase`, PHASES)),
      ...present("frames", this.frames(found.frames, `${field}.frames`)),
      ...present("origin", this.origin(found.origin, `${field}.origin`)),
    };
  }

  private sentenceId(value: unknown, field: string): string {
    const id = this.identifier(value, field);
    if (id !== "" && this.ids.has(id)) {
      this.problems.add(field, "duplicate_id", "Two sentences have the same id.");
    }
    this.ids.add(id);
    return id;
  }

  private spans(value: unknown, field: string, points: readonly string[]): InferenceSpan[] {
    const spans: InferenceSpan[] = [];
    let reached = 0;
    const items = value === undefined ? [] : this.list(value, field, MAX_SENTENCE_LENGTH);
    items.forEach((item, index) => {
      const span = this.span(item, `${field}.${index}`);
      if (span === null) return;
      this.checkSpan(span, `${field}.${index}`, points, reached);
      reached = Math.max(reached, span.end);
      spans.push(span);
    });
    return spans;
  }

  private span(value: unknown, field: string): InferenceSpan | null {
    const found = this.fields(value, field, ["start", "end", "replacement"]);
    if (found === null) return null;
    const start = this.count(found.start, `${field}.start`, MAX_SENTENCE_LENGTH);
    const end = this.count(found.end, `${field}.end`, MAX_SENTENCE_LENGTH);
    const { replacement = "" } = found;
    const instead = this.text(replacement, `${field}.replacement`);
    if (start === null || end === null) return null;
    return { start, end, ...present("replacement", instead === "" ? null : instead) };
  }

  private checkSpan(
    { start, end }: InferenceSpan,
    field: string,
    points: readonly string[],
    reached: number,
  ): void {
    if (end > points.length) {
      const message = "The marked words end after the sentence.";
      this.problems.add(field, "span_outside", message, points.length);
    } else if (isBlank(points, start, end)) {
      const message = "A mark must cover at least one character that is not a space.";
      this.problems.add(field, "span_empty", message, start);
    } else if (start < reached) {
      const message = "Marks must be in order and must not overlap.";
      this.problems.add(field, "span_overlap", message, start);
    }
  }

  private frames(value: unknown, field: string): [number, number] | null {
    if (value === undefined || value === null) return null;
    if (!Array.isArray(value) || value.length !== 2) {
      const message = "Frames must be a pair: first, after last.";
      this.problems.add(field, "invalid_type", message);
      return null;
    }
    const start = this.count(value[0], `${field}.0`, MAX_FRAME);
    const end = this.count(value[1], `${field}.1`, MAX_FRAME);
    if (start === null || end === null) return null;
    if (start >= end) {
      this.problems.add(field, "frames_empty", "The frame range must hold a frame.");
    }
    return [start, end];
  }

  private origin(value: unknown, field: string): Origin | null {
    if (value === undefined || value === null) return null;
    const found = this.fields(value, field, ["kind", "uid", "sentence", "distance"]);
    if (found === null) return null;
    return {
      kind: this.choice(found.kind ?? "", `${field}.kind`, KINDS) ?? "draft",
      distance: this.count(found.distance ?? 0, `${field}.distance`, MAX_DISTANCE) ?? 0,
      uid: this.identifier(found.uid, `${field}.uid`),
      sentence: this.identifier(found.sentence, `${field}.sentence`),
    };
  }

  private fields(value: unknown, field: string, keys: readonly string[]): Fields | null {
    if (!isFields(value)) {
      this.problems.add(field, "invalid_type", "This must be an object.");
      return null;
    }
    for (const key of Object.keys(value).filter((each) => !keys.includes(each))) {
      const path = field === "" ? key : `${field}.${key}`;
      this.problems.add(path, "unknown_key", "This field does not exist.");
    }
    return value;
  }

  private list(value: unknown, field: string, limit: number): unknown[] {
    if (!Array.isArray(value)) {
      this.problems.add(field, "invalid_type", "This must be a list.");
      return [];
    }
    if (value.length > limit) {
      this.problems.add(field, "too_many", `At most ${limit} entries fit here.`);
      return [];
    }
    return value;
  }

  private text(value: unknown, field: string): string {
    if (typeof value !== "string") {
      this.problems.add(field, "invalid_type", "This must be text.");
      return "";
    }
    const points = pointsOf(value);
    this.length += points.length;
    if (points.length > MAX_SENTENCE_LENGTH) {
      const message = `The text holds ${points.length} characters; at most ${MAX_SENTENCE_LENGTH} fit.`;
      this.problems.add(field, "too_long", message, MAX_SENTENCE_LENGTH);
    }
    const forbidden = points.findIndex((point) => FORBIDDEN.test(point));
    if (forbidden >= 0) {
      const message = "Line ends and control characters cannot be part of a sentence.";
      this.problems.add(field, "invalid_character", message, forbidden);
    }
    return value;
  }

  private identifier(value: unknown, field: string): string {
    if (typeof value === "string" && IDENTIFIER.test(value)) return value;
    const message = "An id has 1 to 64 letters, digits, hyphens or underscores.";
    this.problems.add(field, "invalid_id", message);
    return "";
  }

  private choice<Choice extends string>(
    value: unknown,
    field: string,
    choices: readonly Choice[],
  ): Choice | null {
    if (value === undefined || value === null) return null;
    const found = choices.find((choice) => choice === value);
    if (found !== undefined) return found;
    this.problems.add(field, "invalid_choice", `Choose one of: ${choices.join(", ")}.`);
    return null;
  }

  private count(value: unknown, field: string, limit: number): number | null {
    if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= limit) {
      return value;
    }
    const message = `This must be a whole number up to ${limit}.`;
    this.problems.add(field, "invalid_number", message);
    return null;
  }
}
