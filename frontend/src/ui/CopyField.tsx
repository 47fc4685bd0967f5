import { Button, CopyButton, Group, TextInput } from "@mantine/core";

interface Props {
  label: string;
  value: string;
}

/** A value that is shown once, ready to be copied. */
export function CopyField({ label, value }: Props) {
  return (
    <Group align="end" gap="xs" wrap="nowrap">
      <TextInput
        label={label}
        value={value}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
        classNames={{ input: "figures" }}
        style={{ flex: 1 }}
      />
      <CopyButton value={value}>
        {({ copied, copy }) => (
          <Button variant="default" onClick={copy}>
            {copied ? "Copied" : "Copy"}
          </Button>
        )}
      </CopyButton>
    </Group>
  );
}
