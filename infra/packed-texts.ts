import { brotliCompressSync } from 'node:zlib';

/** Texts as an environment holds them, which has little room; nothing if a stage has none of its own. */
export const packedTexts = (texts: { readonly usual: object; readonly others: object }): string => {
  const isEmpty = Object.keys(texts.usual).length + Object.keys(texts.others).length === 0;
  return isEmpty ? '' : brotliCompressSync(JSON.stringify(texts)).toString('base64');
};
