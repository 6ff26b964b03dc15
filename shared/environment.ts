import { environmentNames, queueUrlVariable } from '#names/environment.ts';

/**
 * Reads an environment variable that the stack sets, by what it holds; it may be empty. Throws if it is missing: on AWS Lambda
 * at once, so that a function that lacks a variable stops at its start. Write `@__PURE__` before a call, and the bundler drops
 * it from functions that do not use it.
 */
export const variable = (holds: keyof typeof environmentNames): (() => string) => named(environmentNames[holds]);

/** Reads the address of a queue, by its name within the stage, as `variable` does. */
export const queueUrl = (queue: string): (() => string) => named(queueUrlVariable(queue));

/** Reads a variable that is `true` or `false`. */
export const flag = (holds: keyof typeof environmentNames): (() => boolean) => {
  const read = variable(holds);
  return () => read() === 'true';
};

/** Reads a variable that is a number. */
export const number = (holds: keyof typeof environmentNames): (() => number) => {
  const read = variable(holds);
  return () => Number(read());
};

/** Reads what the stack writes into a variable as JSON; it has checked the settings before. */
export const json = <Value>(holds: keyof typeof environmentNames): (() => Value) => {
  const read = variable(holds);
  return () => JSON.parse(read());
};

const named = (name: string): (() => string) => {
  if (process.env.AWS_LAMBDA_FUNCTION_NAME !== undefined) valueFrom(name);
  return () => valueFrom(name);
};

const valueFrom = (name: string): string => {
  const value = process.env[name];
  if (value === undefined) throw new Error(`The environment variable ${name} is not set`);
  return value;
};
