import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import type { Template, TemplateResource } from '../local/template/template.ts';
import { inlineNestedStacks } from './inline-nested-stacks.ts';

const assetManifest = z.object({
  files: z.record(z.string(), z.object({ source: z.object({ path: z.string() }) })),
});

/**
 * The template of a stack in a cloud assembly with those of its nested stacks in their place, so that its readers see
 * all of the deployment. What is deployed stays nested.
 * @throws Error if a nested stack has no template in the assembly, or cannot be put into its place.
 */
export const wholeTemplate = (directory: string, stackName: string): Template => {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(directory, file), 'utf8'));
  const { files } = assetManifest.parse(read(`${stackName}.assets.json`));
  const childOf = ({ Properties }: TemplateResource): Template => {
    const hash = /\/([0-9a-f]+)\.json"/.exec(JSON.stringify(Properties?.TemplateURL))?.[1] ?? '';
    const file = files[hash]?.source.path;
    if (file === undefined) throw new Error(`No template was built for ${JSON.stringify(Properties?.TemplateURL)}`);
    return read(file) as Template;
  };
  return inlineNestedStacks(read(`${stackName}.template.json`) as Template, childOf);
};
