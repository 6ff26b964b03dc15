import type { Template } from '#infra/local/template/template.ts';

/** The logical ids of resources that wait for themselves by way of others: CloudFormation refuses such a template. */
export const waitsInCircle = ({ Resources = {} }: Template): string[] => {
  const waits = new Map(
    Object.entries(Resources).map(([id, { Properties, DependsOn = [] }]) => [
      id,
      [...[DependsOn].flat(), ...namesIn(Properties)].filter((name) => name in Resources),
    ]),
  );
  const reached = (id: string): Set<string> => {
    const seen = new Set<string>();
    const ahead = [...(waits.get(id) ?? [])];
    for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
      if (seen.has(next)) continue;
      seen.add(next);
      ahead.push(...(waits.get(next) ?? []));
    }
    return seen;
  };
  return [...waits.keys()].filter((id) => reached(id).has(id));
};

/** What `Ref`, `Fn::GetAtt` and `Fn::Sub` name. */
const namesIn = (value: unknown): string[] => {
  const text = JSON.stringify(value) ?? '';
  const referred = [...text.matchAll(/"(?:Ref|Fn::GetAtt)":\[?"([^".]+)/g)].map(([, name = '']) => name);
  const substituted = [...text.matchAll(/\$\{([A-Za-z0-9]+)[.}]/g)].map(([, name = '']) => name);
  return [...referred, ...substituted];
};
