import type { CaptionDocument, Sentence } from "./captionDocument";
import { joinSentences } from "./captionEditing";
import { PickLog } from "./pickLog";
import { findSentence, mapSentence, newSentence, removeSentence } from "./documentEdits";
import {
  isSameSource,
  type MadePick,
  type Pick,
  type PicksView,
  type PickSource,
  readPicks,
  type ReviewText,
  type Source,
  sourceIn,
  sourcesOfRow,
} from "./picks";
import { copyCell, insertAt, type Place, placeOf, restorePlace } from "./reviewPlacing";
import { alignRows } from "./rowAlignment";
import { decide, type Decision, openRows, resultsThatSay, type ReviewRow } from "./rowDecisions";
import { viewRow } from "./rowState";
import { WorkingDocument } from "./workingDocument";

export interface DeskView {
  readonly selectedId: string | null;
  readonly decisions: ReadonlyMap<string, Decision>;
  /** Rows of the annotations that nothing was decided about. */
  readonly open: readonly ReviewRow[];
  readonly canUndoPick: boolean;
}

interface Step {
  key: string;
  sentence: string;
  before: Place;
}

interface Options {
  sources: readonly Source[];
  document: CaptionDocument;
  /** Decisions that the server holds already. */
  picks?: readonly Pick[];
}

/** One caption out of several: rows of sentences to choose from, and every choice on record. */
export class ReviewDesk {
  readonly sources: readonly Source[];
  readonly rows: readonly ReviewRow[];
  readonly working: WorkingDocument;
  private readonly log: PickLog;
  private steps: Step[] = [];
  private selectedId: string | null;
  private view: DeskView;
  private readonly listeners = new Set<() => void>();

  constructor({ sources, document, picks = [] }: Options) {
    this.sources = sources;
    this.log = new PickLog(picks, document);
    const counted = sources.filter(({ kind }) => kind !== "draft").length;
    this.rows = alignRows(sources.map((source) => source.document)).map((row) => ({
      ...row,
      ...viewRow(row.cells.slice(0, counted)),
    }));
    this.working = new WorkingDocument(document);
    this.selectedId = this.rows[0]?.id ?? null;
    this.view = this.look();
    this.working.subscribe(() => this.publish());
  }

  current = (): DeskView => this.view;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  get text(): ReviewText {
    return { document: this.working.current().document, picks: this.log.pending };
  }

  /** Begins anew from a text of this device or, after a conflict, of the server. */
  replace({ document, picks }: ReviewText): void {
    this.log.replace(picks, document);
    this.steps = [];
    this.working.replace(document);
    this.publish();
  }

  /** What of these decisions the server does not have yet, as it is sent. */
  toSend(picks: readonly MadePick[]): Pick[] {
    return this.log.toSend(picks);
  }

  stored(picks: readonly MadePick[]): void {
    this.log.keep(picks);
  }

  select(id: string | null): void {
    this.selectedId = id;
    const final = id === null ? null : this.view.decisions.get(id)?.final;
    if (final) this.working.select(final.id);
    this.publish();
  }

  selectNext(places: number, among: readonly ReviewRow[]): void {
    const order = this.rows.map(({ id }) => id);
    const at = order.indexOf(this.selectedId ?? "");
    const onward = places > 0 ? among : among.toReversed();
    const next = onward.find(({ id }) => (order.indexOf(id) - at) * places > 0);
    if (next !== undefined) this.select(next.id);
  }

  selected(): ReviewRow | null {
    return this.rows.find(({ id }) => id === this.selectedId) ?? null;
  }

  /** The row's sentence is now this column's, in place of what stood there. */
  take(row: ReviewRow, column: number): void {
    const [source, cell] = [this.sources[column], row.cells[column]];
    if (source === undefined || !cell) return;
    this.settleTyping();
    const standing = this.finalOf(row);
    const taken = copyCell(this.working.current().document, cell, source, standing);
    this.record({
      action: "take",
      sentence: taken.id,
      sources: [sourceIn(source, cell.id)],
      text_before: standing?.text ?? "",
      text_after: taken.text,
      reason: "",
    });
    this.put(row, taken);
  }

  /** This column's words go on behind what was taken. */
  merge(row: ReviewRow, column: number): void {
    const [source, cell] = [this.sources[column], row.cells[column]];
    if (source === undefined || !cell) return;
    this.settleTyping();
    const standing = this.finalOf(row);
    if (standing === null) return this.take(row, column);
    const added = sourceIn(source, cell.id);
    if (this.sourcesOf(standing).some((known) => isSameSource(known, added))) return;
    const joined = joinSentences(standing, cell);
    this.record({
      action: "merge",
      sentence: standing.id,
      sources: [added],
      text_before: standing.text,
      text_after: joined.text,
      reason: "",
    });
    this.put(row, joined);
  }

  /** Leaves the row out of the result. */
  drop(row: ReviewRow, reason: string): void {
    this.settleTyping();
    const standing = this.finalOf(row);
    const sentence = standing?.id ?? row.cells.find((cell) => cell !== null)?.id ?? "";
    this.record({
      action: "drop",
      sentence,
      sources: sourcesOfRow(row, this.sources),
      text_before: standing?.text ?? "",
      text_after: "",
      reason,
    });
    this.working.change((document) => removeSentence(document, sentence));
    this.settle();
  }

  /** The sentence to edit in a row: the one taken, or a new one in the reviewer's own words. */
  openToEdit(row: ReviewRow): string {
    const standing = this.finalOf(row);
    if (standing !== null) return standing.id;
    this.settleTyping();
    const shape = row.cells.find((cell) => cell !== null);
    const written = newSentence({ phase: shape?.phase ?? null, frames: shape?.frames ?? null });
    this.record({
      action: "write",
      sentence: written.id,
      sources: sourcesOfRow(row, this.sources),
      text_before: "",
      text_after: "",
      reason: "",
    });
    this.put(row, written);
    return written.id;
  }

  /** Takes the first wording of every open row on which all agree. */
  acceptAgreed(): void {
    for (const row of this.view.open.filter(({ state }) => state === "agree")) {
      this.take(
        row,
        row.cells.findIndex((cell) => cell !== null),
      );
    }
  }

  undoPick(): void {
    this.settleTyping();
    const step = this.steps.pop();
    if (step === undefined) return;
    this.log.remove(step.key);
    this.working.change((document) => restorePlace(document, step.sentence, step.before));
    this.settle();
  }

  /** Puts on record what was typed, added or removed in the result itself. */
  settleTyping(): void {
    const { document } = this.working.current();
    if (this.log.addTyped(document, this.readAll().sources)) this.publish();
  }

  sourcesOf(sentence: Sentence): readonly PickSource[] {
    const known = this.readAll().sources.get(sentence.id);
    if (known !== undefined) return known;
    const standing = resultsThatSay(this.sources, sentence);
    if (standing.length > 0) return standing;
    return sentence.origin ? [sentence.origin] : [];
  }

  /** `A + B`, or nothing for a sentence in the reviewer's own words. */
  labelOf(sentence: Sentence): string {
    return this.sourcesOf(sentence)
      .flatMap(({ kind, uid }) => {
        const source = this.sources.find((each) => each.kind === kind && each.uid === uid);
        return source === undefined ? [] : [source.label];
      })
      .join(" + ");
  }

  private record(pick: Pick): void {
    const before = placeOf(this.working.current().document, pick.sentence);
    this.steps.push({ key: this.log.add(pick), sentence: pick.sentence, before });
  }

  private put(row: ReviewRow, sentence: Sentence): void {
    this.working.change((document) => {
      if (findSentence(document, sentence.id) !== null) {
        return mapSentence(document, sentence.id, () => sentence);
      }
      return insertAt(document, row.part, sentence, this.indexFor(document, row));
    }, sentence.id);
    this.settle();
  }

  /** Behind the sentence of the nearest row above that has one. */
  private indexFor(document: CaptionDocument, row: ReviewRow): number {
    const above = this.rows.slice(0, this.rows.indexOf(row)).toReversed();
    for (const earlier of above) {
      const final = earlier.part === row.part ? this.finalOf(earlier) : null;
      const place = final === null ? null : placeOf(document, final.id);
      if (place !== null) return place.index + 1;
    }
    return 0;
  }

  private finalOf(row: ReviewRow): Sentence | null {
    return decide(row, this.sources, this.readAll(), this.working.current().document).final;
  }

  private readAll(): PicksView {
    return readPicks(this.log.all, this.rows, this.sources);
  }

  private settle(): void {
    this.log.settle(this.working.current().document);
    this.publish();
  }

  private look(): DeskView {
    const picks = this.readAll();
    const { document } = this.working.current();
    const decisions = new Map(
      this.rows.map((row) => [row.id, decide(row, this.sources, picks, document)]),
    );
    const open = openRows(this.rows, decisions);
    return { selectedId: this.selectedId, decisions, open, canUndoPick: this.steps.length > 0 };
  }

  private publish(): void {
    this.view = this.look();
    for (const notify of this.listeners) notify();
  }
}
