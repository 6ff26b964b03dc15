import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Template } from '#infra/local/template/template.ts';
import { parseSettings, type Settings } from '#infra/settings.ts';
import { readStages } from '#infra/stages.ts';
import { synthesize } from '#infra/synthesize.ts';
import { type CostRequest, readCostArguments, UsageError, usage } from './cost/cost-arguments.ts';
import { decidingLines, money, monthTable, workloadText } from './cost/cost-report.ts';
import { idleQuantities } from './cost/idle-quantities.ts';
import { measuredWork } from './cost/measured-work.ts';
import { firstImport, linesOf, monthOf, totalOf } from './cost/month.ts';

/* `npm run cost`: forecasts what a stage costs in a month. Exits with 2 where nobody understood. */

const report = ({ workload, region, stage }: CostRequest): string => {
  const settings = settingsOfStage(stage);
  const idle = idleQuantities(templateOf(settings));
  const month = monthOf(workload, measuredWork, { retention: settings, idle });
  const first = totalOf(linesOf(firstImport(measuredWork, workload.contacts), region));
  return [
    `${workloadText(workload)}, at the list prices of ${region} without free tiers and taxes:`,
    '',
    monthTable(month, region),
    '',
    'What decides it:',
    ...decidingLines(month, region).map((line) => `  ${line}`),
    '',
    `Importing these contacts for the first time costs ${money(first)} dollars once.`,
    `Work was measured on ${measuredWork.measuredOn}. docs/cost.md says how, and where the prices are from.`,
  ].join('\n');
};

/** @throws UsageError that says which stages there are. */
const settingsOfStage = (stage: string): Settings => {
  try {
    return parseSettings(stage, readStages());
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
};

const templateOf = (settings: Settings): Template => {
  const outdir = mkdtempSync(join(tmpdir(), 'rollcall-cost-'));
  try {
    return synthesize(settings, { outdir, validate: false, stubs: true }).template;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
};

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
try {
  const request = readCostArguments(process.argv.slice(2));
  console.log(request ? report(request) : usage);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  console.error(`${error.message}\n\n${usage}`);
  process.exitCode = 2;
}
