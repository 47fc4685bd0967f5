import {
  createTheme,
  type CSSVariablesResolver,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from "@mantine/core";

const ink: MantineColorsTuple = [
  "#eef3fa",
  "#dbe5f3",
  "#b9cce7",
  "#9ab9ec",
  "#7a9dd4",
  "#5f84c0",
  "#4a70ad",
  "#3a619e",
  "#2f5590",
  "#244373",
];

/** From text to the deepest surface, in the order Mantine reads its dark palette. */
const dark: MantineColorsTuple = [
  "#e6e7e9",
  "#c3c8d0",
  "#a5acb7",
  "#767d89",
  "#4a515c",
  "#31363e",
  "#20242a",
  "#1c1f24",
  "#15171b",
  "#121418",
];

/** Mantine knows one text colour for both schemes; ours turns dark on the light accent. */
const resolveVariant: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input);
  const isPrimary = input.color === undefined || input.color === "ink";
  if (input.variant !== "filled" || !isPrimary) return colors;
  return {
    ...colors,
    background: "var(--accent)",
    hover: "var(--accent-hover)",
    color: "var(--on-accent)",
  };
};

/** Mantine's parts drawn with our tokens (tokens.css). */
export const theme = createTheme({
  colors: { ink, dark },
  primaryColor: "ink",
  primaryShade: { light: 8, dark: 3 },
  variantColorResolver: resolveVariant,
  fontFamily: "var(--font)",
  fontFamilyMonospace: "var(--font-figures)",
  headings: { fontFamily: "var(--font)", fontWeight: "650" },
  defaultRadius: "var(--radius-small)",
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray" } },
    Checkbox: { defaultProps: { iconColor: "var(--on-accent)" } },
    Radio: { defaultProps: { iconColor: "var(--on-accent)" } },
    Modal: {
      defaultProps: { centered: true, closeButtonProps: { "aria-label": "Close" } },
      styles: { title: { fontSize: "1.125rem", fontWeight: 650 } },
    },
  },
});

const shared = {
  "--mantine-color-body": "var(--surface-card)",
  "--mantine-color-text": "var(--text)",
  "--mantine-color-dimmed": "var(--text-quiet)",
  "--mantine-color-anchor": "var(--accent)",
  "--mantine-color-default": "var(--surface-card)",
  "--mantine-color-default-hover": "var(--surface-hover)",
  "--mantine-color-default-border": "var(--line-strong)",
  "--mantine-color-placeholder": "var(--text-quiet)",
  "--mantine-color-error": "var(--negative)",
  "--mantine-primary-color-contrast": "var(--on-accent)",
  "--mantine-color-ink-light": "var(--accent-soft)",
  "--mantine-color-ink-light-color": "var(--accent)",
};

export const resolveVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: shared,
  dark: shared,
});
