import type { ScreeningRules } from "@/api/screening";

type NamesOf<Value> = {
  [Name in keyof ScreeningRules]: ScreeningRules[Name] extends Value ? Name : never;
}[keyof ScreeningRules];

interface Described<Kind extends string, Name> {
  kind: Kind;
  name: Name;
  label: string;
  explanation: string;
}

export type SwitchRule = Described<"switch", NamesOf<boolean>>;

/** A bound in the unit that people read; `factor` of them are one as it is stored. */
export type NumberRule = Described<"number", NamesOf<number>> & {
  unit: string;
  factor: number;
  decimals: number;
  min: number;
  max: number;
};

export type RuleField = SwitchRule | NumberRule;

export interface RuleGroup {
  title: string;
  /** What follows when a clip is beyond one of the bounds. */
  effect: string;
  fields: readonly RuleField[];
}

const plain = { kind: "number", unit: "", factor: 1, decimals: 0, min: 0 } as const;
const share = { kind: "number", unit: " %", factor: 100, decimals: 2, min: 0, max: 100 } as const;

export const RULE_GROUPS: readonly RuleGroup[] = [
  {
    title: "Rejects at once",
    effect: "A clip beyond one of these leaves the project. A lead can keep it all the same.",
    fields: [
      {
        ...plain,
        name: "max_seconds",
        unit: " s",
        decimals: 1,
        min: 0.1,
        max: 600,
        label: "Longest clip",
        explanation: "Judged at the import, before anything else is measured.",
      },
      {
        kind: "switch",
        name: "needs_face",
        label: "A face must be seen",
        explanation: "In at least one frame of the clip.",
      },
    ],
  },
  {
    title: "Flags for a lead",
    effect: "A clip beyond one of these waits until a lead keeps or rejects it.",
    fields: [
      {
        ...share,
        name: "min_main_area",
        label: "Smallest main face",
        explanation: "Its mean share of the picture.",
      },
      {
        ...plain,
        name: "max_identities",
        max: 1000,
        label: "Most people",
        explanation: "Different faces that cover at least 1 % of the picture.",
      },
      {
        ...plain,
        name: "max_cuts_per_10_s",
        max: 1000,
        label: "Most cuts in 10 s",
        explanation: "Switches of the view, in the ten seconds that have the most of them.",
      },
      {
        ...share,
        name: "min_motion",
        label: "Least motion",
        explanation: "A still picture has up to 0.1 %, a quietly spoken sentence 1 %.",
      },
    ],
  },
  {
    title: "Keeps clips together",
    effect: "Clips of one group stay in one split of a dataset. Nothing is flagged.",
    fields: [
      {
        ...plain,
        name: "near_duplicate_bits",
        unit: " of 192 bits",
        max: 192,
        label: "Near-duplicates differ by at most",
        explanation: "Copies of one video differ by 0 to 2, two takes of one scene by 11 to 35.",
      },
      {
        ...plain,
        name: "same_person_cosine",
        decimals: 2,
        max: 1,
        label: "Likeness from which two faces are one person",
        explanation: "From 0, nothing in common, to 1, the same picture.",
      },
      {
        kind: "switch",
        name: "keeps_embeddings",
        label: "Keep what faces are compared by",
        explanation:
          "These figures identify people. Without this they are deleted as soon as the clips were compared.",
      },
    ],
  },
];

/** A bound in the unit that people read, without the tail of a binary fraction: 0.29 × 100 is not 29. */
export function shownValue({ factor, decimals }: NumberRule, value: number): number {
  return Number((value * factor).toFixed(decimals));
}

export function sayBound(field: RuleField, rules: ScreeningRules): string {
  if (field.kind === "switch") return rules[field.name] ? "on" : "off";
  return `${shownValue(field, rules[field.name])}${field.unit}`;
}
