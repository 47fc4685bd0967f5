import type { Run } from "@/api/runs";
import { RENDERING_LABELS } from "@/core/renderings";
import type { Tone } from "@/ui/Badge";

type State = Run["state"];

export const STATE_LABELS: Readonly<Record<State, string>> = {
  queued: "Waits",
  preparing: "Prepares",
  running: "Runs",
  stopping: "Stops",
  stopped: "Stopped",
  done: "Done",
  failed: "Failed",
};

export const STATE_TONES: Readonly<Record<State, Tone>> = {
  queued: "neutral",
  preparing: "accent",
  running: "accent",
  stopping: "warning",
  stopped: "neutral",
  done: "positive",
  failed: "negative",
};

export const LAUNCHER_LABELS: Readonly<Record<Run["launcher"], string>> = {
  local: "A process on the machine",
  torchrun: "A process for each GPU of the machine",
  slurm: "A job of the Slurm cluster",
};

export const DEVICE_LABELS: Readonly<Record<Run["device_kind"], string>> = {
  cpu: "Processor",
  cuda: "GPU",
};

/** Which texts a run learns from: whether they infer is what runs are compared by. */
export function sayVersion({ number, rendering }: Run["version"]): string {
  return `Version ${number}: ${RENDERING_LABELS[rendering].toLowerCase()}`;
}

/** What is going on, in the trainer's words where it says any. */
export function sayDoing({ state, message, waits_for: waitsFor, reason }: Run): string {
  if (state === "failed") return reason;
  return waitsFor === "" ? message : waitsFor;
}

/** A field of a recipe as people read it: the last part of its path. */
export function fieldLabel(path: string): string {
  const words = path.slice(path.lastIndexOf(".") + 1).replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A value of a recipe in a table. */
export function sayValue(value: unknown): string {
  if (value === null || value === undefined) return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.map(String).join(", ");
  return typeof value === "string" || typeof value === "number"
    ? String(value)
    : JSON.stringify(value);
}

/** How long ago something was, for ages that people watch grow. */
export function sayAge(at: string, now: number): string {
  const seconds = Math.max(0, Math.round((now - Date.parse(at)) / 1000));
  if (seconds < 120) return `${seconds} s ago`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min ago` : `${Math.round(minutes / 60)} h ago`;
}
