import type { Part, Phase, Sentence } from "@/core/captionDocument";
import { joinSentences, splitSentence } from "@/core/captionEditing";
import { isBlankText } from "@/core/captionText";
import {
  findSentence,
  insertByPhase,
  insertSentence,
  type ListPart,
  mapSentence,
  moveSentence,
  newSentence,
  removeSentence,
  setFrameEdge,
} from "@/core/documentEdits";
import type { WorkingDocument } from "@/core/workingDocument";
import type { EditorRegistry } from "@/ui/editor/EditorRegistry";

/** What a person does with sentences; each is one step of the history. */
export class SentenceActions {
  private readonly working: WorkingDocument;
  private readonly registry: EditorRegistry;
  private readonly frameCount: number;

  constructor(working: WorkingDocument, registry: EditorRegistry, frameCount: number) {
    this.working = working;
    this.registry = registry;
    this.frameCount = frameCount;
  }

  add(part: Part): void {
    const added = newSentence();
    this.registry.focusNext(added.id, "end");
    this.working.change(
      (document) =>
        part === "summary"
          ? { ...document, summary: added }
          : insertSentence(document, part, added),
      added.id,
    );
  }

  /** Enter: the words behind the caret become the next sentence; at the end it is an empty one. */
  split(part: ListPart, id: string, offset: number): void {
    const sentence = findSentence(this.working.current().document, id)?.sentence;
    if (sentence === undefined) return;
    const points = Array.from(sentence.text);
    const isAtEnd = isBlankText(points.slice(offset).join(""));
    const isAtStart = isBlankText(points.slice(0, offset).join(""));
    // Nothing to cut off in front of the first word.
    if (isAtStart && !isAtEnd) return;
    const { phase = null } = sentence;
    const [first, second] = isAtEnd
      ? [sentence, newSentence(phase === null ? {} : { phase })]
      : splitSentence(sentence, offset);
    this.registry.focusNext(second.id, "start");
    this.working.change(
      (document) =>
        insertSentence(
          mapSentence(document, id, () => first),
          part,
          second,
          id,
        ),
      second.id,
    );
  }

  /** Backspace at the start: the words go to the end of the sentence before. */
  join(part: ListPart, id: string): void {
    const sentences = this.working.current().document[part];
    const at = sentences.findIndex((sentence) => sentence.id === id);
    const [before, sentence] = [sentences[at - 1], sentences[at]];
    if (before === undefined || sentence === undefined) return;
    // The editor counts one position more than the text: its paragraph opens before the first.
    if (sentence.text === "") this.registry.focus(before.id, "end");
    else this.registry.focusNext(before.id, before.text.trimEnd().length + 1);
    this.working.change(
      (document) =>
        removeSentence(
          mapSentence(document, before.id, () => joinSentences(before, sentence)),
          id,
        ),
      before.id,
    );
  }

  remove(id: string): void {
    this.working.change((document) => removeSentence(document, id));
  }

  move(id: string, places: -1 | 1): void {
    this.working.change((document) => moveSentence(document, id, places), id);
  }

  setPhase(id: string, phase: Phase | null): void {
    this.update(id, (sentence) => ({ ...sentence, phase }));
  }

  setEdge(id: string, edge: "start" | "end", frame: number): void {
    this.update(id, (sentence) => ({
      ...sentence,
      frames: setFrameEdge(sentence.frames, edge, frame, this.frameCount),
    }));
  }

  clearFrames(id: string): void {
    this.update(id, (sentence) => ({ ...sentence, frames: null }));
  }

  /** Takes a sentence over from somewhere else; its origin names where it was. */
  take(part: Part, source: Sentence, origin: NonNullable<Sentence["origin"]>): void {
    const taken = newSentence({ ...source, origin });
    this.working.change((document) => {
      if (part === "summary") return { ...document, summary: taken };
      if (part === "facial_changes") return insertByPhase(document, taken);
      return insertSentence(document, part, taken);
    }, taken.id);
  }

  private update(id: string, change: (sentence: Sentence) => Sentence): void {
    this.working.change((document) => mapSentence(document, id, change), id);
  }
}
