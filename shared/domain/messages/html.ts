/** A text as part of an HTML page or of a quoted attribute, whatever is in it. */
export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
