import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSettings } from '../settings.ts';
import { synthesize } from '../synthesize.ts';
import { partOfTemplates } from './part-of-templates.ts';

/* `npm run release:template`: keeps what this version deploys, for the next one to be compared with. */

const outdir = mkdtempSync(join(tmpdir(), 'rollcall-release-'));
try {
  const { directory } = synthesize(parseSettings('prod', { prod: {} }), { outdir, validate: false, stubs: true });
  const file = new URL('template.json', import.meta.url);
  writeFileSync(file, `${JSON.stringify(partOfTemplates(directory), null, 2)}\n`);
} finally {
  rmSync(outdir, { recursive: true, force: true });
}
