import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

/** What stages say, by their names. */
export type Stages = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** The stages that come along: one to try things out, one to build on, and the one of `npm start`. */
export const builtInStages = {
  dev: {
    organisationName: 'Rollcall dev',
    logLevel: 'DEBUG',
    logRetentionDays: 14,
    deletionProtection: false,
  },
  prod: { logRetentionDays: 90 },
  local: {
    organisationName: 'Rollcall on this machine',
    accountEmail: 'owner@example.com',
    senderAddress: 'owner@example.com',
    smsSenders: ['Rollcall'],
    logRetentionDays: 1,
    accountConcurrency: 1000,
    honeypotField: 'website',
    exampleConsumerEventTypeKey: 'newContact',
    countSeconds: 1,
  },
} as const satisfies Stages;

/** The folder of the deployer's own files, which no version of Rollcall has any of. */
const ownFolder = fileURLToPath(new URL('../stages', import.meta.url));

/**
 * Every stage: those that come along, and those of the deployer's own files `stages/<name>.json`. What a file says replaces
 * what the stage of its name says that comes along.
 * @throws Error that names a file that is no JSON object.
 */
export const readStages = (folder = ownFolder): Stages => {
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => /^[a-z][a-z0-9-]*\.json$/.test(file)) : [];
  const own = files
    .filter((file) => file !== schemaFile)
    .map((file) => [file.replace('.json', ''), readStage(folder, file)] as const);
  const known: Stages = builtInStages;
  return { ...known, ...Object.fromEntries(own.map(([name, stage]) => [name, { ...known[name], ...stage }])) };
};

/** What editors check the files by; they name it as `$schema`. */
export const schemaFile = 'schema.json';

const readStage = (folder: string, file: string): Record<string, unknown> => {
  try {
    const { $schema: _, ...stage } = z
      .record(z.string(), z.unknown())
      .parse(JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')));
    return stage;
  } catch (error) {
    throw new Error(`stages/${file} is no JSON object: ${error instanceof Error ? error.message : String(error)}`);
  }
};
