import { parseArgs } from 'node:util';
import { type Place, placeOf, UsageError } from '../key-arguments.ts';

/** What `npm run smoke` explains to a person. */
export const usage = `Tries a deployed stage or the local stack from outside, removes what it made, and says what differs.

  npm run smoke -- [where]

Where:  --stage <stage>    a deployed stage, by the AWS credentials and region of this shell; makes a key for itself
        --url <url>        the address of an API, with --key
        --key <key>        an API key with the scope full; or ROLLCALL_KEY; the local stack's own key by default
        --patience <s>     how many seconds the stack has for what it does in the background (60)
Without --stage and --url: the local stack, on the port PORT (8080).
Messages go to the simulator of Amazon SES, which takes them and which nobody reads.`;

/** What a person asked for. */
export interface SmokeRequest {
  readonly target: Place | { readonly url: string };
  /** Absent: the stage's table gets one. */
  readonly key: string | undefined;
  readonly patienceSeconds: number;
}

/** Reads the arguments of `npm run smoke`. Throws `UsageError` if they cannot be understood. */
export const readSmokeArguments = (
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): SmokeRequest | 'help' => {
  const { stage, url, key = environment.ROLLCALL_KEY, patience = '60', help } = parse(args);
  if (help) return 'help';
  const patienceSeconds = Number(patience);
  if (!(patienceSeconds > 0)) throw new UsageError(`--patience is ${patience}, and has to be a number of seconds`);
  if (url === undefined) {
    const place = placeOf({ ...(stage !== undefined && { stage }) }, environment.PORT);
    return { target: place, key: key || ('port' in place ? 'local-key' : undefined), patienceSeconds };
  }
  if (stage !== undefined) throw new UsageError('Say --url or --stage, not both');
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) throw new UsageError(`${url} is no address of an API`);
  if (!key) throw new UsageError('Say which API key: --key, or ROLLCALL_KEY');
  return { target: { url: url.replace(/(?<!\/)\/+$/, '') }, key, patienceSeconds };
};

const parse = (args: readonly string[]) => {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        stage: { type: 'string' },
        url: { type: 'string' },
        key: { type: 'string' },
        patience: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    return values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};
