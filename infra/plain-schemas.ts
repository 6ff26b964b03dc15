/**
 * Writes the member names of the SDK's schemas into the places that use them, in bundled but not yet minified code:
 * `"Key":` for `[_K]:`. A bundler takes a computed name for a side effect, and so keeps the schemas of every call there
 * is; with plain names it drops those of calls that are never made, which is 60 kB of the S3 client alone.
 */
export const withPlainSchemas = (code: string): string =>
  code
    .split(/^(?=\/\/ node_modules\/)/m)
    .map((file) => (/^\/\/ \S+\/schemas_\d+\.js\n/.test(file) ? withPlainNames(file) : file))
    .join('');

const withPlainNames = (file: string): string => {
  const texts = new Map([...file.matchAll(/^var (\w+) = ("[^"\n]*");$/gm)].map(([, name, text]) => [name, text]));
  return file.replace(/\[(\w+)\]:/g, (computed, name: string) => (texts.has(name) ? `${texts.get(name)}:` : computed));
};
