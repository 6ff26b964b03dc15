/** A text as part of an HTML page or of a quoted attribute, whatever is in it. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);

/** A text of the settings with the name of the organisation in its place. */
export const filledText = (text: string, organisation: string): string =>
  text.replaceAll('{organisation}', () => organisation);
