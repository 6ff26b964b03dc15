import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { bundleFunctions, stubFunctions } from './bundles.ts';
import { ContactsStack } from './contacts-stack.ts';
import { functionNamesOf } from './function-names.ts';
import type { Template } from './local/template/template.ts';
import { SchemaValidation } from './nested-stacks/schema-validation.ts';
import { wholeTemplate } from './nested-stacks/whole-template.ts';
import { readContext, type Settings } from './settings.ts';

/** How a synthesis differs from the one that is deployed. */
export interface SynthesisOptions {
  /** The folder of the cloud assembly; `cdk.out` of the working directory if absent. */
  readonly outdir?: string;
  /**
   * Whether the template is held against the schemas of CloudFormation and the rules of `cdk-nag`, which takes some
   * seconds; it is if absent.
   */
  readonly validate?: boolean;
  /** Whether functions are empty: enough for tests of the template. */
  readonly stubs?: boolean;
}

/** A synthesized stack. */
export interface Synthesis {
  /** The folder of the cloud assembly, with `manifest.json`, the templates and a folder for each asset. */
  readonly directory: string;
  readonly stackName: string;
  /** The whole of it: with what is in nested stacks, whose templates are files of their own in the assembly. */
  readonly template: Template;
  /** Bytes of each function's bundle, by function. */
  readonly bundleSizes: Readonly<Record<string, number>>;
}

/** Bundles the functions and synthesizes the stack of one stage: in process, without network and without credentials. */
export const synthesize = (settings: Settings, options: SynthesisOptions = {}): Synthesis => {
  const bundleFolder = mkdtempSync(join(tmpdir(), 'rollcall-bundles-'));
  try {
    const bundle = options.stubs ? stubFunctions : bundleFunctions;
    const bundles = bundle(functionNamesOf(settings), bundleFolder);
    const app = appOf(options);
    const stack = new ContactsStack(app, `Rollcall-${settings.stage}`, { settings, bundles });
    const assembly = app.synth();
    return {
      directory: assembly.directory,
      stackName: stack.stackName,
      template: wholeTemplate(assembly.directory, stack.stackName),
      bundleSizes: bundles.sizes,
    };
  } finally {
    rmSync(bundleFolder, { recursive: true, force: true });
  }
};

const appOf = ({ outdir, validate = true }: SynthesisOptions): App => {
  const app = new App({
    ...(outdir !== undefined && { outdir }),
    // No metadata resource: it would report the constructs in use, and differs from one CDK to the next.
    analyticsReporting: false,
    context: readContext(),
    builtinCloudFormationValidation: false,
  });
  if (validate) Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  // The variable is CDK's own switch.
  if (validate && process.env.CDK_VALIDATION !== 'false') Validations.of(app).addPlugins(new SchemaValidation());
  return app;
};
