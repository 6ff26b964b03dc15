import type { Template } from '#infra/local/template/template.ts';

/** The variables of each function of a template, with something in the place of what only a deployment knows. */
export const functionEnvironmentsIn = ({ Resources = {} }: Template): Map<string, Record<string, string>> =>
  new Map(
    Object.values(Resources)
      .filter(({ Type }) => Type === 'AWS::Lambda::Function')
      .map(({ Properties = {} }) => {
        const { Variables } = Properties.Environment as { Variables: Record<string, unknown> };
        const values = Object.entries(Variables).map(([name, value]) => [
          name,
          typeof value === 'string' ? value : 'of the deployment',
        ]);
        return [String(Properties.FunctionName).replace(/^rollcall-[a-z]+-/, ''), Object.fromEntries(values)];
      }),
  );
