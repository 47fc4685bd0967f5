const REASONS: Readonly<Record<string, string>> = {
  not_in_filter: "outside the filter",
  hedged: "still hedging",
  no_text_left: "without text",
};

/** The server names each reason by a word; what is zero is not worth saying. */
export function leftOutSentence(leftOut: Readonly<Record<string, number>>): string {
  return Object.entries(leftOut)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => `${count} ${REASONS[reason] ?? reason.replaceAll("_", " ")}`)
    .join(", ");
}
