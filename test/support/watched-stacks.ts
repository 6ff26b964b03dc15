import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PermissionRecord } from '#infra/local/permission/permissions.ts';

/** Where each file of flow tests leaves what its stacks were granted and used. */
const folder = 'node_modules/.cache/rollcall-grants';

/** What stacks of one file of flow tests were granted; `used` are those of `granted` by which something was allowed. */
export interface GrantRecord {
  readonly file: string;
  readonly used: readonly string[];
}

const watched = new Set<PermissionRecord>();
const refused: string[] = [];

/** Notes what a stack is granted and uses. */
export const watchPermissions = (record: PermissionRecord): void => {
  watched.add(record);
};

/** Keeps what AWS would refuse until the test that runs is over. */
export const noteRefusal = (line: string): void => {
  refused.push(line);
};

/** What AWS would have refused since this was last asked. */
export const newRefusals = (): string[] => [...new Set(refused.splice(0))];

/** Forgets what earlier runs left. */
export const forgetGrants = (): void => rmSync(folder, { recursive: true, force: true });

/** Leaves what the stacks of a file have used so far. */
export const leaveGrants = (file: string): void => {
  const used = [...watched].flatMap((record) => record.grants().filter(({ isUsed }) => isUsed));
  const record: GrantRecord = { file, used: [...new Set(used.map(({ text }) => text))] };
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${file.replaceAll(/\W+/g, '-')}.json`), JSON.stringify(record));
};

/** What the files of the last run left. */
export const readGrants = (): GrantRecord[] => {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  return names.map(({ name }) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as GrantRecord);
};
