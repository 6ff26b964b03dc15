/**
 * The folder of an operation's function under `functions/`, which is the end of its name: in kebab case what its route says,
 * or the operation.
 */
export const functionNameOf = (
  operation: string,
  { sharedFunction = operation }: { readonly sharedFunction?: string } = {},
): string => sharedFunction.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
