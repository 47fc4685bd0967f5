import type { TemplateCandidate } from "@/api/templates";

export const ORDERS = ["added", "letters", "meaning", "choice"] as const;

export type Order = (typeof ORDERS)[number];

export const ORDER_LABELS: Readonly<Record<Order, string>> = {
  added: "As added",
  letters: "Most alike by letters first",
  meaning: "Most alike by meaning first",
  choice: "Kept first",
};

const CHOICES: readonly TemplateCandidate["choice"][] = ["kept", "open", "dropped"];

export const isOrder = (value: string): value is Order => ORDERS.some((known) => known === value);

/** Those that hold what is sought. Equals stay as they were added. */
export function shownCandidates(
  candidates: readonly TemplateCandidate[],
  sought: string,
  order: Order,
): TemplateCandidate[] {
  const wanted = sought.trim().toLowerCase();
  return candidates
    .filter(({ text }) => text.toLowerCase().includes(wanted))
    .sort((one, other) => rank(one, order) - rank(other, order));
}

function rank(candidate: TemplateCandidate, order: Order): number {
  if (order === "letters") return -(candidate.by_letters?.likeness ?? 0);
  if (order === "meaning") return -(candidate.by_meaning?.likeness ?? 0);
  return order === "choice" ? CHOICES.indexOf(candidate.choice) : 0;
}
