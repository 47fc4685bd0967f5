import { Group, Radio } from "@mantine/core";
import type { KeyboardEvent } from "react";

import type { Verdict } from "@/api/consolidations";

interface Props {
  /** The letter of the annotation. */
  label: string;
  isFirst: boolean;
  value: Verdict | null;
  onChange: (verdict: Verdict) => void;
}

const VERDICTS: readonly (readonly [Verdict, string])[] = [
  ["accepted", "Accepted"],
  ["minor", "Minor changes"],
  ["major", "Major changes"],
  ["to_be_revised", "To be revised"],
];

/** The focus goes on to the next annotation, and at last to the button that finishes. */
function focusNext(from: Element): void {
  const form = from.closest("form");
  const groups = Array.from(form?.querySelectorAll("[role='radiogroup']") ?? []);
  const at = groups.findIndex((group) => group.contains(from));
  const next = groups[at + 1]?.querySelector("input") ?? form?.querySelector("[type='submit']");
  // The button opens with the last verdict, which React has yet to draw.
  if (next instanceof HTMLElement) requestAnimationFrame(() => next.focus());
}

/** The verdict on one annotation: a choice, or one of the keys 1 to 4. */
export function VerdictField({ label, isFirst, value, onChange }: Props) {
  const onKeyDown = (event: KeyboardEvent) => {
    const verdict = VERDICTS[Number(/^Digit([1-4])$/.exec(event.code)?.[1] ?? 0) - 1];
    if (verdict === undefined || !(event.target instanceof Element)) return;
    event.preventDefault();
    onChange(verdict[0]);
    focusNext(event.target);
  };
  return (
    <Radio.Group
      label={`Annotation ${label}`}
      value={value}
      onChange={(chosen) => {
        const verdict = VERDICTS.find(([each]) => each === chosen);
        if (verdict !== undefined) onChange(verdict[0]);
      }}
      onKeyDown={onKeyDown}
    >
      <Group mt="xs" gap="xl" style={{ rowGap: "var(--space-2)" }}>
        {VERDICTS.map(([verdict, name], index) => (
          <Radio
            key={verdict}
            value={verdict}
            label={`${index + 1} ${name}`}
            {...(isFirst && index === 0 ? { "data-autofocus": true } : {})}
          />
        ))}
      </Group>
    </Radio.Group>
  );
}
