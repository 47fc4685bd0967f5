import type { DraftRole, GivenRole, ModelVersion } from "@/api/modelVersions";
import type { Tone } from "@/ui/Badge";

export const ROLE_TONES: Readonly<Record<DraftRole, Tone>> = {
  default: "positive",
  canary: "warning",
  shadow: "accent",
  retired: "neutral",
};

const ROLE_NAMES: Readonly<Record<DraftRole, string>> = {
  default: "Default",
  canary: "Canary",
  shadow: "Shadow",
  retired: "Retired",
};

export const ROLE_MEANINGS: Readonly<Record<DraftRole, string>> = {
  default: "Default: drafts the clips, in place of the default of its kind",
  canary: "Canary: drafts a share of the clips in place of the default",
  shadow: "Shadow: drafts every clip, and nobody is shown it",
  retired: "Retired: drafts nothing any more",
};

export function sayShare(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}

export function sayRole({ role, share }: Pick<GivenRole, "role" | "share">): string {
  return share === null ? ROLE_NAMES[role] : `${ROLE_NAMES[role]}, ${sayShare(share)}`;
}

/** What a version runs, in words. */
export function sayMake({ kind, model, endpoint, prompt, base, adapter }: ModelVersion): string {
  if (kind === "signals") return "Fixed rules, no network";
  if (kind === "facetrack_mm") return adapter === "" ? base : `${base} with ${adapter}`;
  const told = prompt === null ? "" : `, told by ${prompt.name} ${prompt.number}`;
  return `${model} at ${endpoint}${told}`;
}
