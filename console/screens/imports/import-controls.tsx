import type { Import } from '../../api/types.ts';

/** How a running import is held, ended or taken back. */
export const ImportControls = (_props: { readonly of: Import }) => null;
