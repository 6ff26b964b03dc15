import type { MessageParams } from '../messages/message.ts';

/** Names of parameters in a text: `name` of each `${name}` or `${name.member}`. */
const namesIn = (text: string): string[] =>
  [...text.matchAll(/\$\{\s*([\p{L}_][\p{L}\p{N}_-]*)/gu)].map(([, name = '']) => name);

/** The value of a parameter by its name, in any case of its letters if none is spelled exactly so (contract 4.16). */
export const paramNamed = (params: MessageParams, name: string): unknown => {
  if (Object.hasOwn(params, name)) return params[name];
  const spelling = Object.keys(params).find((one) => one.toLowerCase() === name.toLowerCase());
  return spelling === undefined ? undefined : params[spelling];
};

/** Those of the parameters that texts ask for, under the names that the texts spell. */
export const paramsFor = (params: MessageParams, texts: readonly (string | undefined)[]): MessageParams =>
  Object.fromEntries(
    [...new Set(texts.flatMap((text) => namesIn(text ?? '')))].flatMap((name) => {
      const value = paramNamed(params, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
