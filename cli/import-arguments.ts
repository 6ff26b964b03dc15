import { parseArgs } from 'node:util';
import { dedupeKeys } from '#domain/imports/import-session.ts';
import { type Place, placeOf, UsageError } from './key-arguments.ts';

/** What `npm run import` explains to a person. */
export const usage = `Imports a file of contacts: CSV, Excel (.xlsx), vCards or JSON, also packed with gzip or zip.

  npm run import -- <file> [options] [where]
  npm run import -- pause|resume|cancel <id> [where]
  npm run import -- undo <id> [--dry-run] [--suppressions] [where]

The second line holds an import, resumes it or ends it; so does Ctrl+C while a file is imported. The third takes an import back:
contacts that it created go, members that it changed get their former values. Both take an undo that is under way, too.

--suppressions               lift the suppressions that the import brought in, and nobody else
--dry-run                    show what would become of each row, and write nothing
--dedupe-on <key>            how contacts are matched: ${dedupeKeys.join(', ')} (email)
--field-id <id>              the custom field of --dedupe-on fieldId
--groups <names>             segments that the contacts join, between commas; made if missing
--exclude-groups <names>     segments that they leave
--fields <members>           what an update may write, between commas, e.g. firstName,sms; all by default
--custom-fields <ids>        the custom fields that an update may write, between commas
--only <create|update>       create new contacts only, or update known ones only
--restore-deleted            restore deleted contacts instead of skipping their rows
--event-key <key>            the type of the event that each new contact raises
--map <header>=<column>      what a header stands for, e.g. --map "E-mail address=email"; nothing after = leaves it out
--from <program>             where the file was exported, e.g. mailchimp; detected by its header by default
--import-as <state>          what everybody in it counts as at least: unsubscribed, bounced, complained, blacklisted …
--consent-word <word>=<state>  what a word of the file says about consent, e.g. "left us=unsubscribed"
--date-format <order>        the order of its dates, e.g. MM/DD/YYYY; detected by default
--country <code>             of phones that name no country, e.g. PL; + if each begins with its country code
--allow-shared-ids           let one externalCustomerId stand beside several e-mail addresses and phones
--keep-ids                   take the ids of the other program as externalCustomerId
--tags-to-segments           make segments of tags, lists and groups
--sheet <name>               the sheet of a workbook; the first one by default
--delimiter <character>      what is between cells, \`tab\` for a tab; detected by default
--encoding <name>            e.g. windows-1251; detected by default
--strict                     exit with 1 where a row has a warning, too; it is imported all the same
--failed <file>              save the failed rows there, to correct them and import them again
Where:  --url <url>          the address of the API; the local stack by default, on the port PORT (8080)
        --stage <stage>      a deployed stage, by the AWS credentials and region of this shell
        --key <key>          an API key with the scope full; or ROLLCALL_KEY; the local stack's own key by default`;

/** Which API a person means. */
export type Target = Place | { readonly url: string };

/** What a person asked for. */
export interface ImportRequest {
  readonly file: string;
  readonly target: Target;
  readonly key: string;
  /** The body of `POST /admin/v1/uploads/{uploadId}/import`; the API judges its values. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly dryRun: boolean;
  /** Whether warnings count as failures. */
  readonly isStrict: boolean;
  /** The file for the rows that failed. */
  readonly failedFile: string | undefined;
}

/** What a person wants of an import that is there already. */
export interface ControlRequest {
  readonly command: 'pause' | 'resume' | 'cancel' | 'undo';
  readonly sessionId: string;
  readonly target: Target;
  readonly key: string;
  readonly dryRun: boolean;
  readonly suppressions: boolean;
}

/** Reads the arguments of `npm run import`. Throws `UsageError` if they cannot be understood. */
export const readImportArguments = (
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ImportRequest | ControlRequest | 'help' => {
  const { values, positionals } = parse(args);
  if (values.help) return 'help';
  const [file, ...others] = positionals;
  if (file === undefined) throw new UsageError('Say which file to import');
  if (isCommand(file)) return controlOf(file, others, { values, environment });
  if (others.length > 0) throw new UsageError(`One file at a time: ${others[0]} is one too many`);
  const target = targetOf(values, environment.PORT);
  return {
    file,
    target,
    key: keyOf(values.key ?? environment.ROLLCALL_KEY, target),
    settings: settingsOf(values),
    dryRun: values['dry-run'] ?? false,
    isStrict: values.strict ?? false,
    failedFile: values.failed,
  };
};

const commands = ['pause', 'resume', 'cancel', 'undo'] as const;

const isCommand = (text: string): text is ControlRequest['command'] => commands.some((command) => command === text);

const controlOf = (
  command: ControlRequest['command'],
  [sessionId, ...others]: readonly string[],
  { values, environment }: { values: Values; environment: Readonly<Record<string, string | undefined>> },
): ControlRequest => {
  if (sessionId === undefined)
    throw new UsageError(`Say which import to ${command}; a file of that name is ./${command}`);
  if (others.length > 0) throw new UsageError(`One import at a time: ${others[0]} is one too many`);
  if (!/^[0-9a-f-]{36}$/i.test(sessionId)) throw new UsageError(`${sessionId} is no id of an import`);
  const { 'dry-run': dryRun = false, suppressions = false } = values;
  if (command !== 'undo' && (dryRun || suppressions)) {
    throw new UsageError('--dry-run and --suppressions are for undo');
  }
  const target = targetOf(values, environment.PORT);
  const key = keyOf(values.key ?? environment.ROLLCALL_KEY, target);
  return { command, sessionId: sessionId.toLowerCase(), target, key, dryRun, suppressions };
};

type Values = ReturnType<typeof parse>['values'];

const parse = (args: readonly string[]) => {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        'dry-run': { type: 'boolean' },
        suppressions: { type: 'boolean' },
        'dedupe-on': { type: 'string' },
        'field-id': { type: 'string' },
        groups: { type: 'string', multiple: true },
        'exclude-groups': { type: 'string', multiple: true },
        fields: { type: 'string', multiple: true },
        'custom-fields': { type: 'string', multiple: true },
        only: { type: 'string' },
        'restore-deleted': { type: 'boolean' },
        'event-key': { type: 'string' },
        map: { type: 'string', multiple: true },
        from: { type: 'string' },
        'import-as': { type: 'string' },
        'consent-word': { type: 'string', multiple: true },
        'date-format': { type: 'string' },
        country: { type: 'string' },
        'allow-shared-ids': { type: 'boolean' },
        'keep-ids': { type: 'boolean' },
        'tags-to-segments': { type: 'boolean' },
        sheet: { type: 'string' },
        delimiter: { type: 'string' },
        encoding: { type: 'string' },
        strict: { type: 'boolean' },
        failed: { type: 'string' },
        url: { type: 'string' },
        stage: { type: 'string' },
        key: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};

const targetOf = ({ url, stage }: Values, port: string | undefined): Target => {
  if (url === undefined) return placeOf({ ...(stage !== undefined && { stage }) }, port);
  if (stage !== undefined) throw new UsageError('Say --url or --stage, not both');
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? '')) throw new UsageError(`${url} is no address of an API`);
  return { url: url.replace(/(?<!\/)\/+$/, '') };
};

const keyOf = (key: string | undefined, target: Target): string => {
  if (key) return key;
  if ('port' in target) return 'local-key';
  throw new UsageError('Say which API key: --key, or ROLLCALL_KEY');
};

/** Absent members are left to their defaults. */
const settingsOf = (values: Values): Record<string, unknown> => {
  const given = {
    dedupeOn: values['dedupe-on'],
    fieldId: values['field-id'],
    groupNames: listOf(values.groups),
    groupNamesExclude: listOf(values['exclude-groups']),
    contactFields: listOf(values.fields),
    customFieldsIDs: listOf(values['custom-fields']),
    importMode: values.only,
    restoreDeleted: values['restore-deleted'],
    eventKeyForNewContacts: values['event-key'],
    fieldMapping: mappingOf('--map', values.map),
    source: values.from,
    importAs: values['import-as'],
    allowSharedIds: values['allow-shared-ids'],
    consentWords: mappingOf('--consent-word', values['consent-word']),
    dateFormat: values['date-format'],
    defaultCountry: values.country,
    keepIds: values['keep-ids'],
    tagsToSegments: values['tags-to-segments'],
    sheet: values.sheet,
    delimiter: values.delimiter,
    encoding: values.encoding,
    dryRun: values['dry-run'],
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
};

const listOf = (texts: readonly string[] | undefined): string[] | undefined =>
  texts
    ?.flatMap((text) => text.split(','))
    .map((text) => text.trim())
    .filter((text) => text !== '');

/** What stands before an equals sign, and what behind the last one, which may be nothing. */
const mappingOf = (option: string, texts: readonly string[] | undefined): Record<string, string> | undefined =>
  texts &&
  Object.fromEntries(
    texts.map((text) => {
      const equals = text.lastIndexOf('=');
      const [header, column] = [text.slice(0, equals).trim(), text.slice(equals + 1).trim()];
      if (equals > 0 && header) return [header, column];
      throw new UsageError(`${option} is ${text}, and has to have "=" in it, e.g. --map "E-mail address=email"`);
    }),
  );
