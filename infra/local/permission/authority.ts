import type { TemplateReader } from '../template/read-resources.ts';
import { Refusal } from '../template/refusal.ts';
import type { Rights } from './grant.ts';
import { grantsOf } from './policy-document.ts';
import { readResourceGrants } from './resource-policy.ts';
import { roleArn, roleType } from './role.ts';

/** Who may do what by a template. */
export interface Authority {
  /** What `caller`, which is of `service`, may do in a role. Throws `Refusal` where it may not have that role. */
  ofRole(arn: string, caller: string, service: string): Rights;
  /** What a service may do by itself, because resources let it. */
  ofService(service: string): Rights;
}

/** Reads the roles of a template and the policies of its resources. */
export const readAuthority = (reader: TemplateReader): Authority => {
  const roles = new Map(reader.all(roleType).map((role) => [roleArn(role.name), role.properties]));
  const atResources = readResourceGrants(reader);
  const grantedTo = (...principals: string[]) =>
    atResources.filter(({ principal }) => principals.includes(principal)).map(({ grant }) => grant);

  const ofRole: Authority['ofRole'] = (arn, caller, service) => {
    const role = roles.get(arn);
    if (!role) throw new Refusal(`its role ${arn} is not in the template`);
    const trusts = role.AssumeRolePolicyDocument.Statement.some(
      ({ Effect, Principal }) => Effect === 'Allow' && Principal.includes(service),
    );
    if (!trusts) throw new Refusal(`its role ${arn} may not be assumed by ${service}`);
    const own = role.Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement.flatMap(grantsOf));
    return { caller, grants: [...own, ...grantedTo(arn, '*')] };
  };

  return {
    ofRole: remembered(ofRole),
    ofService: remembered((service) => ({ caller: service, grants: grantedTo(service) })),
  };
};

/** Gives the same rights to the same question, as a hundred routes ask for one role. */
const remembered = <Question extends readonly string[]>(answer: (...question: Question) => Rights) => {
  const known = new Map<string, Rights>();
  return (...question: Question): Rights => {
    const asked = question.join(' ');
    const rights = known.get(asked) ?? answer(...question);
    known.set(asked, rights);
    return rights;
  };
};
