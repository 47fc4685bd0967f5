import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from "@mantine/core";

export function ColorSchemeButton() {
  const { setColorScheme } = useMantineColorScheme();
  const scheme = useComputedColorScheme("light", { getInitialValueInEffect: false });
  const other = scheme === "light" ? "dark" : "light";
  return (
    <ActionIcon
      size="md"
      aria-label={`Use ${other} colours`}
      title={`Use ${other} colours`}
      onClick={() => setColorScheme(other)}
    >
      <span aria-hidden>{scheme === "light" ? "☾" : "☀"}</span>
    </ActionIcon>
  );
}
