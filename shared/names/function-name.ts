/** The folder of an operation's function under `functions/`, which is the end of its name: the operation in kebab case. */
export const functionNameOf = (operation: string): string =>
  operation.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
