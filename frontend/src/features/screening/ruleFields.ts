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

export type SwitchRule = Described<"switch", NamesOf<boolean>> & { usual: boolean };

/** A bound in the unit that people read; `factor` of them are one as it is stored. */
export type NumberRule = Described<"number", NamesOf<number>> & {
  usual: number;
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
        usual: 20,
        label: "Longest clip",
        explanation: "Judged at the import, before anything else is measured.",
      },
      {
        kind: "switch",
        name: "needs_face",
        usual: true,
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
        usual: 5,
        label: "Smallest main face",
        explanation: "Its mean share of the picture.",
      },
      {
        ...plain,
        name: "max_identities",
        max: 1000,
        usual: 5,
        label: "Most people",
        explanation: "Different faces that cover at least 1 % of the picture.",
      },
      {
        ...plain,
        name: "max_cuts_per_10_s",
        max: 1000,
        usual: 2,
        label: "Most cuts in 10 s",
        explanation: "Switches of the view, in the ten seconds that have the most of them.",
      },
      {
        ...share,
        name: "min_motion",
        usual: 0.4,
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
        usual: 8,
        label: "Near-duplicates differ by at most",
        explanation: "Copies of one video differ by 0 to 2, two takes of one scene by 11 to 35.",
      },
      {
        ...plain,
        name: "same_person_cosine",
        decimals: 2,
        max: 1,
        usual: 0.5,
        label: "Likeness from which two faces are one person",
        explanation: "From 0, nothing in common, to 1, the same picture.",
      },
      {
        kind: "switch",
        name: "keeps_embeddings",
        usual: false,
        label: "Keep what faces are compared by",
        explanation:
          "These figures identify people. Without this they are deleted as soon as the clips were compared.",
      },
    ],
  },
];

export function sayUsual(field: RuleField): string {
  if (field.kind === "switch") return field.usual ? "on" : "off";
  return `${field.usual}${field.unit}`;
}

/** The rules of a project in which nobody has changed any. */
export function usualRules(): Partial<ScreeningRules> {
  const fields = RULE_GROUPS.flatMap((group) => group.fields);
  return Object.fromEntries(
    fields.map((field) => [
      field.name,
      field.kind === "switch" ? field.usual : field.usual / field.factor,
    ]),
  );
}
