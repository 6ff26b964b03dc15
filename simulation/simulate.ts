import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseSettings } from '#infra/settings.ts';
import { readStages } from '#infra/stages.ts';
import { courseChart } from './course-chart.ts';
import { readFigures } from './footprint.ts';
import { readOptions, type SimulationOptions, UsageError, usage } from './options.ts';
import { ask, raiseEach, type Setup } from './raise-quotas.ts';
import { headingOf, report } from './report.ts';

/* `npm run simulate`: how fast a stage is, from its template and what was measured. Exits with 2 where nobody understood. */

const run = async ({ stage, question, region, seed, set, triesRaising }: SimulationOptions): Promise<void> => {
  const stages = readStages();
  const settings = parseSettings(stage, { ...stages, [stage]: { ...stages[stage], ...set } });
  const setup: Setup = { settings, region, seed, figures: readFigures() };
  const answer = ask(question, setup);
  const raised = triesRaising ? raiseEach(question, setup) : [];
  const heading = headingOf(question, setup);
  await mkdir(folder, { recursive: true });
  const stem = `${folder}/${stage}-${question.kind}-${answer.total}`;
  const { moments, ...outcome } = answer;
  const tried = raised.map(({ what, answer: { moments: _, ...other } }) => ({ what, ...other }));
  await writeFile(
    `${stem}.json`,
    `${JSON.stringify({ heading, region, seed, set, outcome, raised: tried, moments }, null, 2)}\n`,
  );
  await writeFile(`${stem}.svg`, courseChart(answer, heading));
  console.log([...report(heading, answer, raised), '', `Written to ${stem}.json and ${stem}.svg`].join('\n'));
};

const folder = 'simulation/results';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
try {
  const options = readOptions(process.argv.slice(2));
  if (options) await run(options);
  else console.log(usage);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`${error.message}\n\n${usage}`);
  process.exitCode = 2;
}
