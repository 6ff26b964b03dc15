import { commonTexts } from './common.ts';
import { contactTexts } from './contacts.ts';
import { importTexts } from './imports.ts';
import { settingsTexts } from './settings.ts';
import { wizardTexts } from './wizard.ts';
import { workTexts } from './work.ts';

/** Every text of the console by its key. */
export const catalogue = {
  ...commonTexts,
  ...contactTexts,
  ...importTexts,
  ...wizardTexts,
  ...workTexts,
  ...settingsTexts,
} as const;

/** The key of a text. */
export type TextKey = keyof typeof catalogue;
