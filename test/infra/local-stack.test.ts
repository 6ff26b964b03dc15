import { describe, expect, test } from 'vitest';
import { readTemplate, resourceTypes } from '#infra/local/stack-plan.ts';
import { typesLeftAside } from '#infra/local/template/left-aside.ts';
import { settingsOf } from '#infra/settings.ts';
import { templateOf } from './synthesized.ts';

/** Together they have every type of resource that a stage can have. */
const templates = [
  templateOf(),
  templateOf(settingsOf('local', { alarmEmail: 'oncall@example.com', deletionProtection: false, customerKey: true })),
];
const surroundings = { stackName: 'Rollcall-local', sqsEndpoint: 'http://127.0.0.1:1', apiUrl: 'http://127.0.0.1:2' };

describe('the local stack', () => {
  test.each(templates)('can run what is synthesized, whatever the settings', (template) => {
    expect(readTemplate(template, surroundings).functions.length).toBeGreaterThan(50);
  });

  test('knows no type of resource that nothing uses', () => {
    const used = new Set(templates.flatMap(({ Resources }) => Object.values(Resources).map(({ Type }) => Type)));
    const known = [...resourceTypes.map(({ type }) => type), ...Object.keys(typesLeftAside)];

    expect(known.filter((type) => !used.has(type))).toEqual([]);
  });
});
