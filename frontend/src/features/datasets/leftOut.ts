/** The server names each reason by a word; what is zero is not worth saying. */
export function leftOutSentence(leftOut: Readonly<Record<string, number>>): string {
  return Object.entries(leftOut)
    .filter(([, count]) => count > 0)
    .map(([reason, count]) => `${count} ${reason.replaceAll("_", " ")}`)
    .join(", ");
}
