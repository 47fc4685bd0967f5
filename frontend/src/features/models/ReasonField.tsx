import { Textarea } from "@mantine/core";

interface Props {
  value: string;
  /** Nothing stands before it that has to be answered. */
  isFirst?: boolean;
  onChange: (value: string) => void;
}

export function ReasonField({ value, isFirst = false, onChange }: Props) {
  return (
    <Textarea
      label="Reason"
      description="It is kept in the history."
      {...(isFirst ? { "data-autofocus": true } : {})}
      rows={2}
      resize="vertical"
      maxLength={2000}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
