import {
  Badge,
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  parseThemeColor,
  type VariantColorsResolver,
} from '@mantine/core';

/** Outlined letters that can be read on both grounds: the library's own shades are too pale on white. */
const readableOutlines: VariantColorsResolver = (input) => {
  const resolved = defaultVariantColorsResolver(input);
  const { isThemeColor, color } = parseThemeColor({
    color: input.color || input.theme.primaryColor,
    theme: input.theme,
  });
  if (input.variant !== 'outline' || !isThemeColor) return resolved;
  const dark = `color-mix(in srgb, var(--mantine-color-${color}-9), black 30%)`;
  return { ...resolved, color: `light-dark(${dark}, var(--mantine-color-${color}-3))` };
};

/** The looks of the console: the system's own letters, and colours that keep their contrast. */
export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 8 },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  defaultRadius: 'sm',
  cursorType: 'pointer',
  respectReducedMotion: true,
  variantColorResolver: readableOutlines,
  components: { Badge: Badge.extend({ defaultProps: { variant: 'outline', tt: 'none', fw: 500 } }) },
});

/** Quiet text that can still be read: the library's own is too pale on white. */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: { '--mantine-color-dimmed': '#565d64', '--mantine-color-placeholder': '#6b7280' },
  dark: { '--mantine-color-dimmed': '#b0b3b8', '--mantine-color-placeholder': '#9a9ea4' },
});
