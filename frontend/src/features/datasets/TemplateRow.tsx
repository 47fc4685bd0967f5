import { Button } from "@mantine/core";
import type { KeyboardEvent } from "react";

import type { TemplateCandidate, TemplateChoice } from "@/api/templates";
import classes from "./templates.module.css";
import type { useChoosing } from "./useChoosing";
import { Badge, type Tone } from "@/ui/Badge";

const KEYS: Readonly<Record<string, TemplateChoice>> = { k: "kept", d: "dropped", o: "open" };

const CHOICE_LABELS: Readonly<Record<TemplateChoice, string>> = {
  open: "Open",
  kept: "Kept",
  dropped: "Dropped",
};

const TONES: Readonly<Record<TemplateChoice, Tone>> = {
  open: "neutral",
  kept: "positive",
  dropped: "negative",
};

interface Props {
  candidate: TemplateCandidate;
  choosing: ReturnType<typeof useChoosing>;
}

export function TemplateRow({ candidate, choosing }: Props) {
  const { uid, text, choice } = candidate;
  const onKeyDown = (event: KeyboardEvent<HTMLLIElement>) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const chosen = KEYS[event.key.toLowerCase()];
    const row = event.currentTarget;
    if (event.key === "ArrowDown") move(event, row.nextElementSibling);
    else if (event.key === "ArrowUp") move(event, row.previousElementSibling);
    else if (chosen !== undefined) {
      choosing.choose(uid, chosen);
      move(event, row.nextElementSibling);
    }
  };
  return (
    <li className={classes.candidate} data-choice={choice} tabIndex={0} onKeyDown={onKeyDown}>
      <span className={classes.text}>
        {text}
        <Alike candidate={candidate} />
      </span>
      <Badge tone={TONES[choice]}>{CHOICE_LABELS[choice]}</Badge>
      <span className={classes.choices}>
        {choice !== "kept" && (
          <Button size="compact-sm" variant="default" onClick={() => choosing.choose(uid, "kept")}>
            Keep
          </Button>
        )}
        {choice !== "dropped" && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => choosing.choose(uid, "dropped")}
          >
            Drop
          </Button>
        )}
        {choice === "dropped" && (
          <Button size="compact-sm" variant="default" onClick={() => choosing.remove(uid)}>
            Remove
          </Button>
        )}
      </span>
    </li>
  );
}

function move(event: KeyboardEvent, target: Element | null): void {
  event.preventDefault();
  if (target instanceof HTMLElement) target.focus();
}

/** Only what is near enough to be looked at twice. */
function Alike({
  candidate: { by_letters: letters, by_meaning: meaning },
}: {
  candidate: TemplateCandidate;
}) {
  const near = [
    letters?.is_near ? `letters ${percent(letters.likeness)}` : "",
    meaning?.is_near ? `meaning ${percent(meaning.likeness)}` : "",
  ].filter(Boolean);
  const other = meaning?.is_near ? meaning : letters;
  if (near.length === 0 || !other) return null;
  return (
    <span className={classes.alike}>
      Much like “{other.text}” ({near.join(", ")})
    </span>
  );
}

const percent = (likeness: number) => `${Math.round(likeness * 100)} %`;
