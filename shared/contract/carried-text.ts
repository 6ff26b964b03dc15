/**
 * What no queue, key or bus carries: halves of pairs, U+FFFE and U+FFFF, which Amazon SQS refuses and the SDK changes
 * without a word, and control characters, which XML knows no way to write.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const uncarried = /[\p{Cs}\uFFFE\uFFFF\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/gu;

/** A text in which U+FFFD stands for each such character, so that it is kept apart from everything real. */
export const carriedText = (text: string): string => text.replace(uncarried, '\uFFFD');
