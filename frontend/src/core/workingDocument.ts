import type { CaptionDocument, Part, Sentence } from "./captionDocument";
import type { SentenceText } from "./captionEditorDocument";
import { findSentence, listSentences, mapSentence } from "./documentEdits";

export interface WorkingView {
  readonly document: CaptionDocument;
  readonly selectedId: string | null;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
}

interface Step {
  before: CaptionDocument;
  /** Set while one run of typing goes on: its keystrokes are one step. */
  typingIn: string | null;
}

/** More than a person undoes in one sitting, and a bound on memory. */
const MAX_STEPS = 200;

/**
 * The caption document while it is written, with one history over text and structure.
 *
 * A sentence's editor owns its text while it is open. When the text changes from elsewhere
 * (undo, split, take over), `textVersion` changes, and the editor is made anew.
 */
export class WorkingDocument {
  private view: WorkingView;
  private undoSteps: Step[] = [];
  private redoSteps: CaptionDocument[] = [];
  private readonly textVersions = new Map<string, number>();
  private readonly listeners = new Set<() => void>();

  constructor(document: CaptionDocument) {
    const first = listSentences(document)[0];
    this.view = { document, selectedId: first?.id ?? null, canUndo: false, canRedo: false };
  }

  current = (): WorkingView => this.view;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  textVersion(id: string): number {
    return this.textVersions.get(id) ?? 0;
  }

  selected(): { part: Part; sentence: Sentence } | null {
    const { document, selectedId } = this.view;
    return selectedId === null ? null : findSentence(document, selectedId);
  }

  select(id: string | null): void {
    if (id !== this.view.selectedId) this.publish({ selectedId: id });
  }

  /** Selects the sentence so many places further on, stopping at the ends. */
  selectNext(places: number): void {
    const ids = listSentences(this.view.document).map(({ id }) => id);
    const at = this.view.selectedId === null ? -1 : ids.indexOf(this.view.selectedId);
    const next = ids[Math.min(Math.max(at + places, 0), ids.length - 1)];
    if (next !== undefined) this.select(next);
  }

  /** Takes what a sentence's own editor holds now. */
  typeText(id: string, text: SentenceText): void {
    const next = mapSentence(this.view.document, id, (sentence) => ({ ...sentence, ...text }));
    if (this.undoSteps.at(-1)?.typingIn !== id) {
      this.pushStep({ before: this.view.document, typingIn: id });
    }
    this.redoSteps = [];
    this.publish({ document: next });
  }

  /** One step of its own: a sentence put in, moved, split, timed or removed. */
  change(edit: (document: CaptionDocument) => CaptionDocument, selectedId?: string | null): void {
    const next = edit(this.view.document);
    if (next === this.view.document) return;
    this.pushStep({ before: this.view.document, typingIn: null });
    this.redoSteps = [];
    this.show(next, selectedId);
  }

  /** Begins anew from another text (the server's, after a conflict). */
  replace(document: CaptionDocument): void {
    this.undoSteps = [];
    this.redoSteps = [];
    this.show(document);
  }

  undo(): void {
    const step = this.undoSteps.pop();
    if (step === undefined) return;
    this.redoSteps.push(this.view.document);
    this.show(step.before);
  }

  redo(): void {
    const next = this.redoSteps.pop();
    if (next === undefined) return;
    this.pushStep({ before: this.view.document, typingIn: null });
    this.show(next);
  }

  private pushStep(step: Step): void {
    this.undoSteps.push(step);
    if (this.undoSteps.length > MAX_STEPS) this.undoSteps.shift();
  }

  private show(document: CaptionDocument, selectedId = this.view.selectedId): void {
    for (const sentence of listSentences(document)) {
      if (!this.isShown(sentence)) {
        this.textVersions.set(sentence.id, this.textVersion(sentence.id) + 1);
      }
    }
    const sentences = listSentences(document);
    const selected = sentences.find(({ id }) => id === selectedId) ?? sentences[0];
    this.publish({ document, selectedId: selected?.id ?? null });
  }

  private isShown({ id, text, inferences }: Sentence): boolean {
    const shown = findSentence(this.view.document, id)?.sentence;
    return shown?.text === text && shown.inferences === inferences;
  }

  private publish(part: Partial<WorkingView>): void {
    this.view = {
      ...this.view,
      ...part,
      canUndo: this.undoSteps.length > 0,
      canRedo: this.redoSteps.length > 0,
    };
    for (const notify of this.listeners) notify();
  }
}
