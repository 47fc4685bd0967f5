/** How two texts differ, in words and in characters. */

import { diffArrays } from "diff";

import { pointsOf } from "./captionText";

export type Change = [change: "equal" | "insert" | "delete", text: string];

/** A run of words in both texts: where it starts in each, and how long it is. */
interface Block {
  old: number;
  new: number;
  size: number;
}

// Scripts that set no spaces are compared character by character.
const UNSPACED = String.raw`\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff`;
const WORDS = new RegExp(
  String.raw`[${UNSPACED}]|(?:(?![${UNSPACED}])[\p{L}\p{N}_])+|\s+|[^\p{L}\p{N}_\s]`,
  "gu",
);

/** The words that stay, go and come, in reading order; a deletion before its insertion. */
export function diffWords(before: string, after: string): Change[] {
  if (before === after) return before === "" ? [] : [["equal", before]];
  const old = before.match(WORDS) ?? [];
  const added = after.match(WORDS) ?? [];
  const changes: Change[] = [];
  let oldAt = 0;
  let newAt = 0;
  for (const block of keptBlocks(old, added)) {
    changes.push(["delete", old.slice(oldAt, block.old).join("")]);
    changes.push(["insert", added.slice(newAt, block.new).join("")]);
    oldAt = block.old + block.size;
    newAt = block.new + block.size;
    changes.push(["equal", old.slice(block.old, oldAt).join("")]);
  }
  return changes.filter(([, text]) => text !== "");
}

/** The kept runs and an empty one at the end. A space alone is not worth keeping. */
function keptBlocks(old: string[], added: string[]): Block[] {
  const blocks = matchingBlocks(old, added);
  blocks.forEach((block, index) => {
    const following = blocks[index + 1];
    if (following !== undefined) slide(block, following, old, added);
  });
  return blocks.filter(
    (block) => !/^\s+$/u.test(old.slice(block.old, block.old + block.size).join("")),
  );
}

function matchingBlocks(old: string[], added: string[]): Block[] {
  const blocks: Block[] = [];
  let oldAt = 0;
  let newAt = 0;
  for (const step of diffArrays(old, added)) {
    const size = step.value.length;
    if (!step.added && !step.removed) blocks.push({ old: oldAt, new: newAt, size });
    if (!step.added) oldAt += size;
    if (!step.removed) newAt += size;
  }
  return [...blocks, { old: oldAt, new: newAt, size: 0 }];
}

/** Words put in or left out take the space behind them, not the one before. */
function slide(block: Block, following: Block, old: string[], added: string[]): void {
  const isInsertion = block.old + block.size === following.old;
  const isDeletion = block.new + block.size === following.new;
  if (isInsertion === isDeletion) return;
  const [words, side] = isInsertion ? [added, "new" as const] : [old, "old" as const];
  while (following.size > 0 && words[block[side] + block.size] === words[following[side]]) {
    block.size += 1;
    following.old += 1;
    following.new += 1;
    following.size -= 1;
  }
}

/** Characters inserted, deleted or replaced. */
export function editDistance(before: string, after: string): number {
  const old = pointsOf(before);
  let row = Array.from({ length: old.length + 1 }, (_, index) => index);
  pointsOf(after).forEach((point, index) => {
    const next = [index + 1];
    old.forEach((other, at) => {
      const replaced = (row[at] ?? 0) + (other === point ? 0 : 1);
      next.push(Math.min(replaced, (row[at + 1] ?? 0) + 1, (next[at] ?? 0) + 1));
    });
    row = next;
  });
  return row[old.length] ?? 0;
}
