/** Languages of one header that are looked at: no browser sends more. */
const mostLanguages = 20;

/** The language tags of an Accept-Language header, the preferred one first; `*` and what is refused are none. */
export const acceptedLanguages = (header = ''): string[] =>
  header
    .split(',', mostLanguages)
    .map((part) => /^\s*([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,8})\s*(?:;\s*q=([\d.]{1,5})\s*)?$/.exec(part))
    .flatMap((match) => (match?.[1] === undefined ? [] : { tag: match[1], weight: Number(match[2] ?? 1) }))
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .map(({ tag }) => tag);
