import * as z from 'zod';

/** A request of an `.http` file with the answer that stands above it as comments. Variables are not filled in yet. */
export interface HttpExample {
  readonly title: string;
  /** By which later examples refer to its answer, e.g. `{{add.response.body.$.id}}`. */
  readonly name?: string;
  readonly method: string;
  /** Without the host. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly expected: { readonly status: number; readonly body: string };
}

/** Reads an `.http` file in which each request has its answer. Throws an error that names a request without one. */
export const parseHttpExamples = (text: string): HttpExample[] => {
  const [head = '', ...sections] = text.split(/^### /m);
  const variables = new Map(
    [...head.matchAll(/^@(\w+) *= *(.*)$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
  return sections.map((section) => parseSection(fillVariables(section, (name) => variables.get(name))));
};

/** Replaces each `{{name}}` that `lookUp` knows. */
export const fillVariables = (text: string, lookUp: (name: string) => string | undefined): string =>
  text.replace(/\{\{([^{}]+)\}\}/g, (variable, name: string) => lookUp(name.trim()) ?? variable);

const parseSection = (section: string): HttpExample => {
  const [title = '', ...lines] = section.trimEnd().split('\n');
  const start = lines.findIndex((line) => !line.startsWith('#'));
  const comments = lines.slice(0, start).map((line) => line.replace(/^# ?/, ''));
  const status = comments.findIndex((line) => /^\d{3}$/.test(line));
  const [, method, url] = /^([A-Z]+) (\S+)$/.exec(lines[start] ?? '') ?? [];
  if (status < 0 || !method || !url) throw new Error(`"${title}" has no answer above its request`);

  const blank = lines.indexOf('', start);
  const headers = lines.slice(start + 1, blank < 0 ? undefined : blank).map(headerOf);
  const name = comments.map((line) => /^@name (\w+)$/.exec(line)?.[1]).find((found) => found);
  return {
    title,
    ...(name && { name }),
    method,
    path: url.replace(/^https?:\/\/[^/]+/, ''),
    headers: Object.fromEntries(headers),
    ...(blank >= 0 && { body: lines.slice(blank + 1).join('\n') }),
    expected: { status: Number(comments[status]), body: comments.slice(status + 1).join('\n') },
  };
};

/** A header; `Basic <user> <password>` is encoded as HTTP clients of editors do. */
const headerOf = (line: string): [string, string] => {
  const [name = '', value = ''] = line.split(/: */);
  const [, user, password] = /^Basic (\S+) (\S+)$/.exec(value) ?? [];
  return [name, password ? `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` : value];
};

const steps = z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())]);

/** The value at a path as `$.mapping[0].contactId`, as text. Throws where there is none. */
export const valueAt = (json: unknown, path: string): string => {
  const value = path
    .split(/[.[\]]+/)
    .filter((step) => step !== '' && step !== '$')
    .reduce<unknown>((from, step) => Reflect.get(steps.parse(from), step), json);
  if (value === undefined) throw new Error(`There is no ${path} in ${JSON.stringify(json)}`);
  return String(value);
};
