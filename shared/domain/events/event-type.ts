/** A parameter that events of a type have. */
export interface EventTypeParam {
  readonly name: string;
  readonly required: boolean;
}

/** A defined type of event; events of other types have any parameters (contract 4.16). */
export interface EventType {
  readonly key: string;
  /** Whether events whose parameters differ are refused. */
  readonly validate: boolean;
  readonly params: readonly EventTypeParam[];
}

/**
 * Whether an event has every parameter that its type requires, none of them blank, and none that the type does not
 * have.
 */
export const suitsType = (params: Readonly<Record<string, unknown>>, type: EventType): boolean => {
  if (!type.validate) return true;
  const known = new Set(type.params.map(({ name }) => name));
  const isThere = (name: string) => Object.hasOwn(params, name) && params[name] !== '';
  return (
    Object.keys(params).every((name) => known.has(name)) &&
    type.params.every(({ name, required }) => !required || isThere(name))
  );
};
