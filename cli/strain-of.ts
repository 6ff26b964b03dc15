import { CannotStart } from '#infra/local/engine/engine.ts';
import { type Strain, strainNames } from '#infra/local/strain.ts';

/** The strain that `STRAIN` names, with commas between. Throws `CannotStart` for a name that it does not know. */
export const strainOf = (text: string): Strain => {
  const asked = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const names = asked.map((name) => strainNames.find((known) => known === name) ?? refuse(name));
  return Object.fromEntries(names.map((name) => [name, true]));
};

const refuse = (name: string): never => {
  throw new CannotStart(`STRAIN names ${name}: set it to some of ${strainNames.join(', ')}, with commas between.`);
};
