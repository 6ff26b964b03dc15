import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sectionOf } from '#console/screens/overview/runbook-section.ts';

const runbook = readFileSync(new URL('../../../docs/runbook.md', import.meta.url), 'utf8');

test('a section is found by the anchor that alarms name, with its paragraphs and its commands', () => {
  expect(sectionOf(runbook, 'counts-are-missing')).toEqual({
    title: 'Counts are missing',
    blocks: [
      { isCode: false, text: '`counts-given-up`: the queue `counts-dead-letter` is not empty.' },
      {
        isCode: false,
        text: "What it means. The console's overview shows too few contacts, confirmations or bounces. Nothing else goes by these counts.",
      },
      {
        isCode: false,
        text: 'Where to look. `errors count-contacts`, then `peek counts-dead-letter`. A message names contacts by their ids.',
      },
      {
        isCode: false,
        text: 'What to do. Fix the cause, then send the messages back. What was counted before is not counted again.',
      },
      { isCode: true, text: 'move counts-dead-letter counts' },
    ],
  });
});

test('there is none for another anchor', () => {
  expect(sectionOf(runbook, 'nothing-like-it')).toBeUndefined();
});
