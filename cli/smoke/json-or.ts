/** What a text says as JSON; the text itself if it is none. */
export const jsonOr = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};
