import type { CaptionDocument } from "./captionDocument";
import { isBlankText } from "./captionText";
import { listSentences } from "./documentEdits";
import { isSamePick, type MadePick, type Pick, type PickSource, withoutKey } from "./picks";

/** The decisions in their order: those the server holds and those of this sitting. */
export class PickLog {
  private readonly served: readonly Pick[];
  private made: readonly MadePick[] = [];
  private readonly stored = new Set<string>();
  /** The texts as the last decisions left them: what differs was typed since. */
  private settled: ReadonlyMap<string, string>;

  constructor(served: readonly Pick[], document: CaptionDocument) {
    this.served = served;
    this.settled = textsOf(document);
  }

  get all(): readonly Pick[] {
    return [...this.served, ...this.made];
  }

  get pending(): readonly MadePick[] {
    return this.made.filter(({ key }) => !this.stored.has(key));
  }

  /** What the server knows already of an earlier page's picks is left out. */
  replace(picks: readonly MadePick[], document: CaptionDocument): void {
    this.made = picks.filter((pick) => !this.served.some((known) => isSamePick(known, pick)));
    this.settled = textsOf(document);
  }

  add(pick: Pick): string {
    const key = crypto.randomUUID();
    this.made = [...this.made, { ...pick, key }];
    return key;
  }

  remove(key: string): void {
    this.made = this.made.filter((pick) => pick.key !== key);
  }

  /** The server has these: they are not sent again. */
  keep(picks: readonly MadePick[]): void {
    for (const { key } of picks) this.stored.add(key);
  }

  toSend(picks: readonly MadePick[]): Pick[] {
    return picks.filter(({ key }) => !this.stored.has(key)).map(withoutKey);
  }

  settle(document: CaptionDocument): void {
    this.settled = textsOf(document);
  }

  /** Adds what was typed, added or removed in the result itself; says whether there was any. */
  addTyped(
    document: CaptionDocument,
    sources: ReadonlyMap<string, readonly PickSource[]>,
  ): boolean {
    const texts = textsOf(document);
    const before = this.settled;
    this.settled = texts;
    const count = this.made.length;
    for (const id of new Set([...before.keys(), ...texts.keys()])) {
      this.addChange(id, before.get(id), texts.get(id), sources.get(id) ?? []);
    }
    return this.made.length > count;
  }

  private addChange(
    sentence: string,
    before: string | undefined,
    after: string | undefined,
    sources: readonly PickSource[],
  ): void {
    if (before === after || (before === undefined && isBlankText(after ?? ""))) return;
    const changed = after === undefined ? "drop" : "edit";
    this.add({
      action: before === undefined ? "write" : changed,
      sentence,
      sources,
      text_before: before ?? "",
      text_after: after ?? "",
      reason: "",
    });
  }
}

function textsOf(document: CaptionDocument): ReadonlyMap<string, string> {
  return new Map(listSentences(document).map(({ id, text }) => [id, text]));
}
