import { useSyncExternalStore } from "react";

import type { Journal, JournalView, SaveState } from "@/core/journal";
import { Icon, type IconName } from "@/ui/Icon";
import classes from "@/ui/work/Chip.module.css";

const ICONS: Readonly<Record<SaveState, IconName>> = {
  saved: "check",
  saving: "clock",
  offline: "device",
  refused: "warning",
  conflict: "warning",
  "read-only": "lock",
};

const TONES: Readonly<Record<SaveState, string>> = {
  saved: "positive",
  saving: "neutral",
  offline: "warning",
  refused: "negative",
  conflict: "negative",
  "read-only": "warning",
};

function sayState({ state, savedAt, message }: JournalView<unknown>): string {
  switch (state) {
    case "saved":
      if (savedAt === null) return "Saved";
      return `Saved at ${new Date(savedAt).toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" })}`;
    case "saving":
      return "Saving…";
    case "offline":
      return "Offline, kept on this device";
    case "refused":
      return `Not saved: ${message ?? "the server refused it."}`;
    case "conflict":
      return "Conflict: choose a version";
    case "read-only":
      return "Read-only";
  }
}

/** Whether the text is safe, in words and a sign; read out when it changes. */
export function SaveChip<Doc>({ journal }: { journal: Journal<Doc> }) {
  const view = useSyncExternalStore(journal.subscribe, journal.current);
  return (
    <span className={classes.chip} data-tone={TONES[view.state]} role="status">
      <Icon name={ICONS[view.state]} size={15} />
      {sayState(view)}
    </span>
  );
}
