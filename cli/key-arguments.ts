import { parseArgs } from 'node:util';
import { type Scope, scopes } from '#names/access.ts';

/** What `npm run key` explains to a person. */
export const usage = `Makes, lists and revokes API keys.

  npm run key -- create --name <name> --scope <scope> [--rate-per-minute <requests>] [--key <key>]
                        [--groups <names>] [--fields <ids>] [where]
  npm run key -- list [where]
  npm run key -- revoke <name or beginning of its hash> [where]

Scopes: ${Object.keys(scopes).join(', ')}.
Where:  --stage <stage>  a deployed stage, by the AWS credentials and region of this shell
        --local          the local stack, which is the default, on the port PORT (8080)
--rate-per-minute limits the key to so many requests a minute. A key with the scope subscribe, which anyone can read in a
site's form, is limited to 60 by default.
--groups and --fields are for the scope subscribe, and take several after commas: the segments that subscribers of the
form join, and the custom fields that it fills in. A form joins and fills in nothing else.
--key brings a key of your own, of at least 16 characters; without it a random one is made.`;

/** Whose keys they are. */
export type Place = { readonly stage: string } | { readonly port: number };

/** What a person asked for. */
export type KeyRequest = { readonly place: Place } & (
  | { readonly command: 'help' }
  | {
      readonly command: 'create';
      readonly name: string;
      readonly scope: Scope;
      readonly ratePerMinute: number | undefined;
      readonly key: string | undefined;
      readonly groups: readonly string[];
      readonly fields: readonly number[];
    }
  | { readonly command: 'list' }
  | { readonly command: 'revoke'; readonly nameOrHash: string }
);

/** The arguments cannot be understood; the message says why. */
export class UsageError extends Error {
  override name = 'UsageError';
}

const shortestKey = 16;

/** Reads the arguments of `npm run key`. Throws `UsageError` if they cannot be understood. */
export const readKeyArguments = (args: readonly string[], port: string | undefined): KeyRequest => {
  const { values, positionals } = parse(args);
  const place = placeOf(values, port);
  if (values.help || positionals[0] === 'help') return { place, command: 'help' };
  const [command, target, ...others] = positionals;
  if (others.length > 0 || (target !== undefined && command !== 'revoke')) {
    throw new UsageError(`There is no option or argument ${others.at(-1) ?? target}`);
  }
  switch (command) {
    case 'create':
      return {
        place,
        command,
        name: nameOf(values.name),
        scope: scopeOf(values.scope),
        ratePerMinute: rateOf(values['rate-per-minute']),
        key: keyOf(values.key),
        groups: listOf(values.groups),
        fields: listOf(values.fields).map(fieldOf),
      };
    case 'list':
      return { place, command };
    case 'revoke':
      if (target === undefined) throw new UsageError('Say which key to revoke: its name or the beginning of its hash');
      return { place, command, nameOrHash: target };
    default:
      throw new UsageError(command === undefined ? 'Say create, list or revoke' : `There is no command ${command}`);
  }
};

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        name: { type: 'string' },
        scope: { type: 'string' },
        'rate-per-minute': { type: 'string' },
        key: { type: 'string' },
        groups: { type: 'string', multiple: true },
        fields: { type: 'string', multiple: true },
        stage: { type: 'string' },
        local: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};

/** Which deployment is meant: a stage, or the local stack on a port. */
export const placeOf = ({ stage, local }: { stage?: string; local?: boolean }, port = ''): Place => {
  if (stage !== undefined && local) throw new UsageError('Say --stage or --local, not both');
  if (stage !== undefined && !/^[a-zA-Z0-9-]+$/.test(stage)) throw new UsageError(`${stage} is no name of a stage`);
  if (stage !== undefined) return { stage };
  const number = Number(port || '8080');
  if (!Number.isInteger(number)) throw new UsageError(`PORT is ${port}, which is no port`);
  return { port: number };
};

const nameOf = (name: string | undefined): string => {
  if (!name?.trim()) throw new UsageError('Give the key a name: --name shop');
  return name.trim();
};

const scopeOf = (scope: string | undefined): Scope => {
  const known = Object.keys(scopes).find((one): one is Scope => one === scope);
  if (!known) throw new UsageError(`Say what the key may do: --scope ${Object.keys(scopes).join(' | ')}`);
  return known;
};

const rateOf = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const rate = Number(text);
  if (Number.isInteger(rate) && rate >= 1) return rate;
  throw new UsageError(`--rate-per-minute is ${text}, and has to be a whole number from 1 on`);
};

const keyOf = (key: string | undefined): string | undefined => {
  if (key !== undefined && key.length < shortestKey) {
    throw new UsageError(`A key of your own needs at least ${shortestKey} characters`);
  }
  return key;
};

const listOf = (texts: readonly string[] = []): string[] =>
  texts.flatMap((text) => text.split(',').flatMap((one) => one.trim() || []));

const fieldOf = (text: string): number => {
  const id = Number(text);
  if (Number.isInteger(id) && id >= 1) return id;
  throw new UsageError(`--fields has ${text}, which is no id of a custom field`);
};
