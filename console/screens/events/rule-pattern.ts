import type { ContactEvent } from '../../api/types.ts';

/** The pattern of a rule that matches events like this one: of its type, with the parameters that it has. */
export const rulePatternOf = ({ eventTypeKey, params }: ContactEvent): object => {
  const names = Object.keys(params);
  return {
    source: ['rollcall'],
    'detail-type': [eventTypeKey],
    ...(names.length > 0 && {
      detail: { params: Object.fromEntries(names.map((name) => [name, [{ exists: true }]])) },
    }),
  };
};
