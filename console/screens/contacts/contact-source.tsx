import type { Contact } from '../../api/types.ts';
import { Place } from '../../parts/place.tsx';

const screens = { import: '/imports', run: '/workflow-runs' } as const;

/** How a contact came to be, with a link to the import or the run that made it. */
export const ContactSource = ({ contact: { sourceLabel, madeBy } }: { readonly contact: Contact }) => {
  const isShown = madeBy?.id !== undefined && (madeBy.kind === 'import' || madeBy.kind === 'run');
  const label = <strong>{sourceLabel}</strong>;
  return isShown ? <Place to={`${screens[madeBy.kind as keyof typeof screens]}/${madeBy.id}`}>{label}</Place> : label;
};
