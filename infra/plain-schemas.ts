/**
 * Writes the member names of the SDK's schemas into the places that use them, in bundled but not yet minified code:
 * `"Key":` for `[_K]:`. A bundler takes a computed name for a side effect, and so keeps the schemas of every call there
 * is; with plain names it drops those of calls that are never made, which is 60 kB of the S3 client alone.
 */
export const withPlainSchemas = (code: string): string => {
  const files = code.split(/^(?=\/\/ \S+\.[jt]s$)/m);
  const named = namesIn(files.filter((file) => !isOfErrors(file) && !isOfSchemas(file)));
  const retried = namesIn(
    files
      .filter(isOfErrors)
      .flatMap((file) => file.split(/^(?=var )/m))
      .filter(isRetried),
  );
  const isKept = (error: string) => named.has(error) || retried.has(error);
  return files.map((file) => (isOfSchemas(file) ? withFewErrors(withPlainNames(file), isKept) : file)).join('');
};

const isOfSchemas = (file: string): boolean => /^\/\/ \S+\/schemas_\d+\.js\n/.test(file);
const isOfErrors = (file: string): boolean => /^\/\/ \S+\/models\/errors\.js\n/.test(file);
const isRetried = (error: string): boolean => error.includes('$retryable');
const namesIn = (files: readonly string[]): Set<string> => new Set(files.flatMap((file) => file.match(/\w+/g) ?? []));

/**
 * Leaves out that the SDK makes an error of a class of its own, unless code names the class: the SDK throws every other error
 * as its general class, by the same name. Fifty classes that nobody looks at are 15 kB of a bundle.
 */
const withFewErrors = (file: string, isKept: (error: string) => boolean): string =>
  file.replace(/^n\d+_registry\d*\.registerError\(\w+\$\d*, (\w+)\);\n/gm, (registered, error: string) =>
    isKept(error) ? registered : '',
  );

const withPlainNames = (file: string): string => {
  const texts = new Map([...file.matchAll(/^var (\w+) = ("[^"\n]*");$/gm)].map(([, name, text]) => [name, text]));
  return file.replace(/\[(\w+)\]:/g, (computed, name: string) => (texts.has(name) ? `${texts.get(name)}:` : computed));
};
