import { dirname, join } from 'node:path';
import {
  CloudFormationValidatePlugin,
  type IPolicyValidationContext,
  NestedStack,
  type PolicyValidationPluginReport,
} from 'aws-cdk-lib';

/** Holds templates against the schemas of CloudFormation, those of nested stacks, too: CDK's own leaves these out. */
export class SchemaValidation extends CloudFormationValidatePlugin {
  // What registers plugins wants names and versions that are there.
  override get version(): string {
    return super.version ?? '';
  }

  override get ruleIds(): string[] {
    return super.ruleIds ?? [];
  }

  override validate(context: IPolicyValidationContext): PolicyValidationPluginReport {
    const nested = context.appConstruct.node.findAll().filter((one) => NestedStack.isNestedStack(one));
    const nestedTemplates = context.stackTemplates.flatMap((stack) =>
      nested
        .filter(({ node }) => node.path.startsWith(`${stack.stackConstructPath}/`))
        .map(({ node, templateFile }) => ({
          ...stack,
          stackConstructPath: node.path,
          templatePath: join(dirname(stack.templatePath), templateFile),
        })),
    );
    return super.validate({ ...context, stackTemplates: [...context.stackTemplates, ...nestedTemplates] });
  }
}
