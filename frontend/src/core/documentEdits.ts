import type { CaptionDocument, Part, Phase, Sentence } from "./captionDocument";

/** The parts that hold any number of sentences. */
export type ListPart = Exclude<Part, "summary">;

const PHASE_ORDER: Readonly<Record<Phase, number>> = {
  beginning: 0,
  progress: 1,
  middle: 2,
  end: 3,
  throughout: 4,
};

export function newSentence(content: Partial<Omit<Sentence, "id">> = {}): Sentence {
  const digits = crypto.getRandomValues(new Uint8Array(6));
  const id = `s${Array.from(digits, (digit) => digit.toString(16).padStart(2, "0")).join("")}`;
  return { text: "", inferences: [], ...content, id };
}

/** Every sentence in the order of reading. */
export function listSentences(document: CaptionDocument): Sentence[] {
  const { external_attributes, facial_changes, summary } = document;
  return [...external_attributes, ...facial_changes, ...(summary === null ? [] : [summary])];
}

export function findSentence(
  document: CaptionDocument,
  id: string,
): { part: Part; sentence: Sentence } | null {
  for (const part of ["external_attributes", "facial_changes"] as const) {
    const sentence = document[part].find((candidate) => candidate.id === id);
    if (sentence !== undefined) return { part, sentence };
  }
  return document.summary?.id === id ? { part: "summary", sentence: document.summary } : null;
}

/** The same document with one sentence changed; unchanged sentences stay the same objects. */
export function mapSentence(
  document: CaptionDocument,
  id: string,
  change: (sentence: Sentence) => Sentence,
): CaptionDocument {
  const found = findSentence(document, id);
  if (found === null) return document;
  if (found.part === "summary") return { ...document, summary: change(found.sentence) };
  const sentences = document[found.part].map((sentence) =>
    sentence.id === id ? change(sentence) : sentence,
  );
  return { ...document, [found.part]: sentences };
}

/** Puts a sentence behind another of the same part, or at the end. */
export function insertSentence(
  document: CaptionDocument,
  part: ListPart,
  sentence: Sentence,
  afterId: string | null = null,
): CaptionDocument {
  const sentences = document[part];
  const after = sentences.findIndex(({ id }) => id === afterId);
  const at = after === -1 ? sentences.length : after + 1;
  return { ...document, [part]: sentences.toSpliced(at, 0, sentence) };
}

/** Puts a sentence where its phase belongs: behind the last one that is not later. */
export function insertByPhase(document: CaptionDocument, sentence: Sentence): CaptionDocument {
  const order = orderOf(sentence.phase);
  const before = document.facial_changes.findLast(({ phase }) => orderOf(phase) <= order);
  if (before === undefined) {
    return { ...document, facial_changes: [sentence, ...document.facial_changes] };
  }
  return insertSentence(document, "facial_changes", sentence, before.id);
}

// A sentence without a phase belongs to the one before it, or comes last.
function orderOf(phase: Phase | null | undefined): number {
  return phase ? PHASE_ORDER[phase] : PHASE_ORDER.throughout;
}

export function removeSentence(document: CaptionDocument, id: string): CaptionDocument {
  const found = findSentence(document, id);
  if (found === null) return document;
  if (found.part === "summary") return { ...document, summary: null };
  return { ...document, [found.part]: document[found.part].filter((each) => each.id !== id) };
}

/** Moves a sentence up (-1) or down (+1) within its part. */
export function moveSentence(
  document: CaptionDocument,
  id: string,
  places: -1 | 1,
): CaptionDocument {
  const found = findSentence(document, id);
  if (found === null || found.part === "summary") return document;
  const sentences = document[found.part];
  const from = sentences.findIndex((sentence) => sentence.id === id);
  const to = from + places;
  if (to < 0 || to >= sentences.length) return document;
  const moved = sentences.toSpliced(from, 1).toSpliced(to, 0, found.sentence);
  return { ...document, [found.part]: moved };
}

/** Moves one edge of a sentence's frames; an edge that crosses takes the other with it. */
export function setFrameEdge(
  frames: readonly [number, number] | null | undefined,
  edge: "start" | "end",
  frame: number,
  frameCount: number,
): [number, number] {
  const [first, end] = frames ?? [0, frameCount];
  if (edge === "start") return [frame, end > frame ? end : frameCount];
  return [first <= frame ? first : 0, frame + 1];
}

/** The ranges of frames that no sentence with frames covers. */
export function uncoveredRanges(
  sentences: readonly Sentence[],
  frameCount: number,
): [number, number][] {
  const covered = sentences
    .flatMap(({ frames }) => (frames ? [frames] : []))
    .toSorted((one, other) => one[0] - other[0]);
  const gaps: [number, number][] = [];
  let at = 0;
  for (const [first, end] of covered) {
    if (first > at) gaps.push([at, first]);
    at = Math.max(at, end);
  }
  if (at < frameCount) gaps.push([at, frameCount]);
  return gaps;
}
