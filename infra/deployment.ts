import type { Bundles } from './bundles.ts';
import type { Settings } from './settings.ts';

/** What every construct of one deployment shares. */
export interface Deployment {
  readonly settings: Settings;
  readonly bundles: Bundles;
}
