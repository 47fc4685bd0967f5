import { Textarea } from "@mantine/core";

interface Props {
  value: string;
  onChange: (value: string) => void;
}

export function ReasonField({ value, onChange }: Props) {
  return (
    <Textarea
      label="Reason"
      description="It is kept in the history."
      data-autofocus
      rows={2}
      resize="vertical"
      maxLength={2000}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
