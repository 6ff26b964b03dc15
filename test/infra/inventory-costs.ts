import { mappingsOf } from './inventory-queues.ts';
import { resourcesOf, type Template } from './synthesized.ts';

/** Long polls of 20 seconds by five pollers, which is how AWS Lambda watches a queue that is empty. */
const pollsPerMonth = 5 * 3 * 60 * 24 * 30;
const dollarsPerMillionPolls = 0.4;
const dollarsPerAlarm = 0.1;
const dollarsPerDashboard = 3;

/** What a stage costs in a month in which nobody calls it. */
export const idleCosts = (template: Template) => {
  const alarmCount = resourcesOf(template, 'AWS::CloudWatch::Alarm').length;
  const dashboardCount = resourcesOf(template, 'AWS::CloudWatch::Dashboard').length;
  const polled = mappingsOf(template).length;
  const polls = (polled * pollsPerMonth) / 1_000_000;
  return [
    '## What a stage costs while nobody calls it',
    '',
    'A stage named `prod` with the settings that come along, in US dollars a month, by the list prices of us-east-1 without free',
    'tiers. There is no server, no provisioned capacity, no network address translation and no key of AWS KMS or secret.',
    '',
    '| what | how many | dollars a month |',
    '|---|---|---|',
    `| alarms of Amazon CloudWatch | ${alarmCount} at ${dollarsPerAlarm.toFixed(2)} | ${(alarmCount * dollarsPerAlarm).toFixed(2)} |`,
    `| dashboards of Amazon CloudWatch, of which an account has three free | ${dashboardCount} at ${dollarsPerDashboard.toFixed(2)} | ${(dashboardCount * dollarsPerDashboard).toFixed(2)} |`,
    `| AWS Lambda asks queues for messages, which Amazon SQS charges | ${polled} queues, up to ${polls.toFixed(1)} million requests at ${dollarsPerMillionPolls.toFixed(2)} a million | up to ${(polls * dollarsPerMillionPolls).toFixed(2)} |`,
    '| what is stored | a GB of the table, and of its backups of 35 days | 0.25 and 0.20 |',
    '| | a GB of logs | 0.03 |',
    '| | a GB of rows and outcomes of imports | 0.02 |',
    '',
  ].join('\n');
};
