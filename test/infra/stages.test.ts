import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseSettings } from '#infra/settings.ts';
import { readStages } from '#infra/stages.ts';
import { temporaryFolder } from './synthesized.ts';

const folderWith = (files: Readonly<Record<string, string>>): string => {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(`${folder}/${name}`, text);
  return folder;
};

test('a file of a stage that comes along replaces single settings of it', () => {
  const stages = readStages(
    folderWith({ 'prod.json': '{"$schema": "./schema.json", "alarmEmail": "oncall@example.com"}' }),
  );

  expect(parseSettings('prod', stages)).toMatchObject({ alarmEmail: 'oncall@example.com', logRetentionDays: 90 });
});

test('a file of another name is another stage, and other files are none', () => {
  const stages = readStages(
    folderWith({ 'eu-shop.json': '{}', 'README.md': '#', 'schema.json': '{}', 'x.json.bak': '{' }),
  );

  expect(Object.keys(stages)).toEqual(['dev', 'prod', 'local', 'eu-shop']);
});

test('without a folder there are the stages that come along', () => {
  expect(Object.keys(readStages('/no/such/folder'))).toEqual(['dev', 'prod', 'local']);
});

test.each(['{"alarmEmail": ', '[]', '"text"'])('a file that is no JSON object is named: %s', (text) => {
  expect(() => readStages(folderWith({ 'prod.json': text }))).toThrow(/^stages\/prod\.json is no JSON object: /);
});
