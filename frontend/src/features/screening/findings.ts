import type { Finding } from "@/api/screening";

/** What is measured of a clip, in the order of the columns. */
export interface Measure {
  rule: string;
  name: string;
  /** One word, where the name would make the column too wide. */
  header: string;
  say: (value: number) => string;
  /** Whether the bound is the most or the least that passes. */
  bound: "≤" | "≥";
  /** Two words for the list, a sentence for the clip itself. */
  trouble: string;
  explain: (value: string, threshold: string) => string;
  /** The reason that fits when a person rejects the clip for it. */
  reason: string;
}

const share = (value: number) => `${(value * 100).toFixed(1)} %`;
const seconds = (value: number) => `${value.toFixed(1)} s`;

export const MEASURES: readonly Measure[] = [
  {
    rule: "length",
    name: "Length",
    header: "Length",
    say: seconds,
    bound: "≤",
    trouble: "Too long",
    explain: (value, threshold) => `It lasts ${value}; at most ${threshold} is allowed.`,
    reason: "other",
  },
  {
    rule: "main_area",
    name: "Main face",
    header: "Face",
    say: share,
    bound: "≥",
    trouble: "Face too small",
    explain: (value, threshold) =>
      `The main face covers ${value} of the picture; at least ${threshold} is wanted.`,
    reason: "bad_picture",
  },
  {
    rule: "identities",
    name: "People",
    header: "People",
    say: String,
    bound: "≤",
    trouble: "Too many people",
    explain: (value, threshold) => `${value} people were seen; at most ${threshold} are wanted.`,
    reason: "too_many_people",
  },
  {
    rule: "cuts_per_10_s",
    name: "Cuts in 10 s",
    header: "Cuts",
    say: String,
    bound: "≤",
    trouble: "Too many cuts",
    explain: (value, threshold) =>
      `The view switches ${value} times within 10 s; at most ${threshold} are wanted.`,
    reason: "perspective_switches",
  },
  {
    rule: "motion",
    name: "Motion",
    header: "Motion",
    say: share,
    bound: "≥",
    trouble: "Hardly moves",
    explain: (value, threshold) =>
      `The picture changes by ${value}; at least ${threshold} is wanted.`,
    reason: "static",
  },
];

const NO_FACE = { trouble: "No face", explain: "No face was found.", reason: "no_face" };

export function findingOf(findings: readonly Finding[], rule: string): Finding | null {
  return findings.find((finding) => finding.rule === rule) ?? null;
}

/** What a rule flags or rejects the clip for. */
export interface Trouble {
  rule: string;
  short: string;
  sentence: string;
  rejects: boolean;
  reason: string;
}

function troubleOf({ rule, value, threshold, outcome }: Finding): Trouble {
  const rejects = outcome === "rejected";
  if (rule === "face") {
    return {
      rule,
      rejects,
      short: NO_FACE.trouble,
      sentence: NO_FACE.explain,
      reason: NO_FACE.reason,
    };
  }
  const measure = MEASURES.find((known) => known.rule === rule);
  return {
    rule,
    rejects,
    short: measure?.trouble ?? rule,
    // A rule that this page does not know yet is shown by its figures.
    sentence:
      measure?.explain(measure.say(value), measure.say(threshold)) ??
      `${rule}: ${value}, bound ${threshold}.`,
    reason: measure?.reason ?? "other",
  };
}

export function troublesOf(findings: readonly Finding[]): Trouble[] {
  return findings
    .filter(({ outcome }) => outcome === "flagged" || outcome === "rejected")
    .map(troubleOf);
}
