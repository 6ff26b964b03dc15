/** A text of the settings with the name of the organisation in its place. */
export const filledText = (text: string, organisation: string): string =>
  text.replaceAll('{organisation}', () => organisation);
