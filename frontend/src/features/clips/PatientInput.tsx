import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { useState } from "react";

// Long enough that a word is asked for once, not letter by letter.
const PAUSE_MS = 300;

interface Props {
  label: string;
  value: string;
  /** Called with the trimmed text once the person pauses. */
  onSettled: (value: string) => void;
}

export function PatientInput({ label, value, onSettled }: Props) {
  const [typed, setTyped] = useState(value);
  const settle = useDebouncedCallback((text: string) => onSettled(text.trim()), PAUSE_MS);
  return (
    <TextInput
      label={label}
      type="search"
      value={typed}
      onChange={({ currentTarget: { value: text } }) => {
        setTyped(text);
        settle(text);
      }}
    />
  );
}
