/** A condition of a statement; each value may hold wildcards if its operator takes them. */
export interface Condition {
  /** As in policies, e.g. `ForAllValues:StringLike`. */
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** What a statement says of one action and one resource, as data that a thread can be handed. */
export interface Grant {
  readonly effect: 'Allow' | 'Deny';
  /** E.g. `dynamodb:PutItem`; `*` stands for any run of characters, here and in the resource. */
  readonly action: string;
  readonly resource: string;
  readonly conditions: readonly Condition[];
}

/** What a principal may do. */
export interface Rights {
  /** Who, as messages say it, e.g. the name of a function. */
  readonly caller: string;
  readonly grants: readonly Grant[];
}

/** Something that a principal wants to do to one resource. */
export interface Call {
  readonly action: string;
  readonly resource: string;
  /** The values of condition keys, e.g. of `dynamodb:LeadingKeys`; one that is not there has none. */
  readonly context?: Readonly<Record<string, readonly string[]>>;
}

/** A call that was refused for want of a grant. */
export interface Denial {
  readonly caller: string;
  readonly action: string;
  readonly resource: string;
}

/** A denial in a sentence. */
export const denialText = ({ caller, action, resource }: Denial): string =>
  `${caller} has no permission for ${action} on ${resource}`;

/** A grant in a line, the same as long as the template is. */
export const grantText = (caller: string, { effect, action, resource, conditions }: Grant): string => {
  const where = conditions.map(({ operator, key, values }) => `${key} ${operator} ${values.join(' or ')}`);
  const about = effect === 'Deny' ? 'must not' : 'may';
  return `${caller} ${about} ${action} on ${resource}${where.length > 0 ? ` if ${where.join(' and ')}` : ''}`;
};
