/** The backgrounds of pages, by what the reader's device prefers. */
export const backgrounds = { light: '#f4f5f7', dark: '#16181c' } as const;

/** The contrast that the edge of a button needs at least (WCAG 2.2, 1.4.11). */
const edgeContrast = 3;

/** A button in a colour of the stage that can be read and be told from what is around it. */
export interface ButtonColours {
  readonly background: string;
  /** Black or white, whichever is read better: by one of them at least 4.5 to 1 for any colour (WCAG 2.2, 1.4.3). */
  readonly text: string;
  readonly edgeOnLight: string;
  readonly edgeOnDark: string;
}

/** The colours of a button in `#rrggbb`. */
export const buttonColours = (background: string): ButtonColours => {
  const isSeenOn = (other: string) => contrast(background, other) >= edgeContrast;
  return {
    background,
    text: contrast(background, '#ffffff') >= contrast(background, '#000000') ? '#ffffff' : '#000000',
    edgeOnLight: isSeenOn(backgrounds.light) ? background : '#000000',
    edgeOnDark: isSeenOn(backgrounds.dark) ? background : '#ffffff',
  };
};

/** The contrast of two colours in `#rrggbb`, 1 to 21 (WCAG 2.2). */
export const contrast = (one: string, other: string): number => {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
};

const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
