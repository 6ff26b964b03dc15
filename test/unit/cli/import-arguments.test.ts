import { describe, expect, test } from 'vitest';
import { readImportArguments } from '../../../cli/import-arguments.ts';
import { UsageError } from '../../../cli/key-arguments.ts';

const read = (args: readonly string[], environment: Record<string, string> = {}) => {
  const request = readImportArguments(args, environment);
  if (request === 'help' || 'command' in request) throw new Error('It imports nothing');
  return request;
};

describe('the arguments of npm run import', () => {
  test('a file alone goes to the local stack, with the defaults of the API', () => {
    expect(read(['contacts.csv'])).toEqual({
      file: 'contacts.csv',
      target: { port: 8080 },
      key: 'local-key',
      settings: {},
      dryRun: false,
      isStrict: false,
      failedFile: undefined,
    });
  });

  test('an import that is there is paused, resumed, cancelled and undone by its id', () => {
    const sessionId = 'e76ec64c-4243-4124-a9e7-b50a2a7a6c90';
    const local = { sessionId, target: { port: 8080 }, key: 'local-key', dryRun: false, suppressions: false };

    const read = (...args: readonly string[]) => readImportArguments(args, {});

    for (const command of ['pause', 'resume', 'cancel', 'undo'] as const) {
      expect(read(command, sessionId)).toEqual({ ...local, command });
    }
    expect(read('undo', sessionId, '--dry-run', '--suppressions', '--url', 'http://x', '--key', 'k')).toEqual({
      command: 'undo',
      sessionId,
      target: { url: 'http://x' },
      key: 'k',
      dryRun: true,
      suppressions: true,
    });
    for (const wrong of [
      ['pause'],
      ['undo', 'file.csv'],
      ['pause', sessionId, sessionId],
      ['pause', sessionId, '--dry-run'],
    ]) {
      expect(() => read(...wrong)).toThrow(UsageError);
    }
  });

  test('every setting of an import has its option', () => {
    const options = [
      ...['--dedupe-on', 'fieldId', '--field-id', '101', '--groups', 'Customers, New', '--groups', 'VIP'],
      ...['--exclude-groups', 'Guests', '--fields', 'firstName,sms', '--custom-fields', '101,102'],
      ...['--restore-deleted', '--event-key', 'newContact', '--delimiter', ';', '--encoding', 'windows-1251'],
      ...['--map', 'E-mail=address=email', '--map', ' Ім’я = firstName ', '--dry-run', '--failed', 'failed.csv'],
    ];

    expect(read(['contacts.csv', ...options])).toMatchObject({
      settings: {
        dedupeOn: 'fieldId',
        fieldId: '101',
        groupNames: ['Customers', 'New', 'VIP'],
        groupNamesExclude: ['Guests'],
        contactFields: ['firstName', 'sms'],
        customFieldsIDs: ['101', '102'],
        restoreDeleted: true,
        eventKeyForNewContacts: 'newContact',
        delimiter: ';',
        encoding: 'windows-1251',
        fieldMapping: { 'E-mail=address': 'email', 'Ім’я': 'firstName' },
        dryRun: true,
      },
      dryRun: true,
      failedFile: 'failed.csv',
    });
  });

  test.each([
    [['a.csv', '--url', 'https://api.example/', '--key', 'k'], {}, { url: 'https://api.example' }, 'k'],
    [['a.csv', '--stage', 'dev'], { ROLLCALL_KEY: 'from-the-shell' }, { stage: 'dev' }, 'from-the-shell'],
    [['a.csv', '--key', 'k'], { PORT: '9090', ROLLCALL_KEY: 'other' }, { port: 9090 }, 'k'],
  ])('%j goes where it says, with the key that it says', (args, environment, target, key) => {
    expect(read(args, environment)).toMatchObject({ target, key });
  });

  test.each([
    [[]],
    [['a.csv', 'b.csv']],
    [['a.csv', '--url', 'https://api.example']],
    [['a.csv', '--stage', 'dev']],
    [['a.csv', '--stage', 'dev', '--url', 'https://api.example', '--key', 'k']],
    [['a.csv', '--url', 'api.example', '--key', 'k']],
    [['a.csv', '--map', 'email']],
    [['a.csv', '--map', '=email']],
    [['a.csv', '--dedupe', 'email']],
    [['a.csv', '--dedupe-on']],
  ])('%j is refused with a reason', (args) => {
    expect(() => read(args)).toThrow(UsageError);
  });
});
