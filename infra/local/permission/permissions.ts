import { type Decide, decideBy } from './decide.ts';
import { type Call, type Denial, denialText, type Grant, grantText, type Rights } from './grant.ts';

/** What was granted in a running stack, and what of it was used. */
export interface PermissionRecord {
  /** Every grant that allows something, in a line each; whether something was allowed by it. */
  grants(): { readonly text: string; readonly isUsed: boolean }[];
  /** Calls that were denied. */
  denials(): readonly Denial[];
}

/** The permissions of a running stack. */
export interface Permissions extends PermissionRecord {
  /** Whether something may be done; a denial is noted and told. */
  allows(rights: Rights, call: Call): boolean;
  /** Notes that grants were used elsewhere, by their positions. */
  noteUse(rights: Rights, positions: readonly number[]): void;
  /** Notes and tells a denial that was decided elsewhere. */
  noteDenial(denial: Denial): void;
}

/** Permissions of everybody who has rights in a stack. */
export const permissionsOf = (everybody: readonly Rights[], tell: (denial: Denial) => void): Permissions => {
  const used = new Set<string>();
  const denials: Denial[] = [];
  const deciders = new Map<Rights, Decide>();
  const deciderOf = (rights: Rights): Decide => {
    const decide = deciders.get(rights) ?? decideBy(rights.grants);
    deciders.set(rights, decide);
    return decide;
  };
  const use = (rights: Rights, grants: readonly Grant[]) => {
    for (const grant of grants) used.add(grantText(rights.caller, grant));
  };
  const noteDenial = (denial: Denial): void => {
    denials.push(denial);
    tell(denial);
  };

  return {
    allows: (rights, call) => {
      const by = deciderOf(rights)(call);
      use(rights, by);
      if (by.length === 0) noteDenial({ caller: rights.caller, action: call.action, resource: call.resource });
      return by.length > 0;
    },
    noteUse: (rights, positions) =>
      use(
        rights,
        positions.flatMap((position) => rights.grants[position] ?? []),
      ),
    noteDenial,
    denials: () => denials,
    grants: () => {
      const allowing = everybody.flatMap(({ caller, grants }) =>
        grants.filter(({ effect }) => effect === 'Allow').map((grant) => grantText(caller, grant)),
      );
      return [...new Set(allowing)].map((text) => ({ text, isUsed: used.has(text) }));
    },
  };
};

/** A denial as the terminal shows it. */
export const denialLine = (denial: Denial): string => `[permissions] ${denialText(denial)}`;
