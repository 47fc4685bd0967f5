import type { ProjectSettings } from "@/api/projects";

/** The names of the settings that hold a value of one type. */
type NamesOf<Value> = {
  [Name in keyof ProjectSettings]: ProjectSettings[Name] extends Value ? Name : never;
}[keyof ProjectSettings];

interface Described<Kind extends string, Name> {
  kind: Kind;
  name: Name;
  label: string;
  explanation: string;
}

export type CountField = Described<"count", NamesOf<number>> & { min: number; max: number };
export type ShareField = Described<"share", NamesOf<number>>;
export type SwitchField = Described<"switch", NamesOf<boolean>>;
export type PolicyField = Described<"policy", "draft_policy">;
export type SettingField = CountField | ShareField | SwitchField | PolicyField;

export interface SettingGroup {
  title: string;
  fields: readonly SettingField[];
}

export const SETTING_GROUPS: readonly SettingGroup[] = [
  {
    title: "Annotation",
    fields: [
      {
        kind: "count",
        name: "annotators_per_clip",
        min: 1,
        max: 9,
        label: "Annotators for each clip",
        explanation:
          "How many people caption a clip without seeing each other's text. It holds for clips that begin annotation from now on.",
      },
      {
        kind: "count",
        name: "lease_minutes",
        min: 1,
        max: 1440,
        label: "Minutes a clip is held",
        explanation:
          "Every edit renews the time. After it, somebody else may take the clip; the text is kept.",
      },
      {
        kind: "switch",
        name: "attributes_required",
        label: "External attributes are required",
        explanation: "A caption without a sentence about them cannot be submitted.",
      },
      {
        kind: "switch",
        name: "sound_allowed",
        label: "Clips play with sound",
        explanation: "Spoken words can tell the emotion that only the face should tell.",
      },
    ],
  },
  {
    title: "Drafts",
    fields: [
      {
        kind: "policy",
        name: "draft_policy",
        label: "When annotators see drafts",
        explanation: "A draft saves time and steers the writer; which one was shown is recorded.",
      },
      {
        kind: "share",
        name: "no_draft_share",
        label: "Clips without a draft",
        explanation:
          "A share of the clips that is written without help, so that the drafts' influence can be measured.",
      },
      {
        kind: "count",
        name: "draft_wait_minutes",
        min: 0,
        max: 1440,
        label: "Minutes to wait for drafts",
        explanation: "After it, a clip opens for annotation without the drafts that are late.",
      },
      {
        kind: "switch",
        name: "external_processing_allowed",
        label: "Clips may be sent to services outside",
        explanation:
          "A draft from an outside service is asked for only where the source of the clip allows it too.",
      },
    ],
  },
  {
    title: "Review",
    fields: [
      {
        kind: "count",
        name: "return_cap",
        min: 0,
        max: 100,
        label: "Returns of one annotation",
        explanation:
          "How often a reviewer may send an annotation back before deciding without its author.",
      },
      {
        kind: "share",
        name: "cross_validation_blind_share",
        label: "Clips reviewed blind",
        explanation:
          "A second reviewer consolidates these without seeing the first result; then both are compared.",
      },
      {
        kind: "share",
        name: "cross_validation_check_share",
        label: "Clips checked, of the rest",
        explanation:
          "A second reviewer checks the first result of these. A clip drawn for neither is approved when its consolidation is finished.",
      },
    ],
  },
];
