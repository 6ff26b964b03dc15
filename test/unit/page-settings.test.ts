import { afterEach, describe, expect, test, vi } from 'vitest';
import { packedTexts } from '#infra/packed-texts.ts';
import { messageTexts } from '#names/confirmation-texts.ts';
import { environmentNames } from '#names/environment.ts';
import { messageSettings } from '#shared/page-settings.ts';

const say = (usual: object, others: object = {}) =>
  vi.stubEnv(environmentNames.confirmationMessage, packedTexts({ usual, others }));

afterEach(() => vi.unstubAllEnvs());

const saidIn = (language: string) => messageSettings.confirmationMessage().find((one) => one.language === language);
const languages = () => messageSettings.confirmationMessage().map(({ language }) => language);

describe('the texts of a stage', () => {
  test('are English for everybody whose language nobody knows, and Ukrainian, if it says nothing', () => {
    say({});

    expect(messageSettings.confirmationMessage()).toEqual([messageTexts.en, messageTexts.uk]);
  });

  test('replace those of the language that they are in', () => {
    say({ button: 'Yes' });

    expect(messageSettings.confirmationMessage()).toEqual([{ ...messageTexts.en, button: 'Yes' }, messageTexts.uk]);
  });

  test('may be in another language, which comes first then', () => {
    say({ language: 'uk', button: 'Так' });

    expect(messageSettings.confirmationMessage()).toEqual([{ ...messageTexts.uk, button: 'Так' }, messageTexts.en]);
  });

  test('may add languages, and replace some texts of one', () => {
    const polish = { ...messageTexts.en, subject: 'Potwierdź' };
    say({ button: 'Yes' }, { pl: polish, uk: { button: 'Так' }, en: { footer: 'Bye' } });

    expect(languages()).toEqual(['en', 'uk', 'pl']);
    expect(saidIn('en')).toEqual({ ...messageTexts.en, button: 'Yes', footer: 'Bye' });
    expect(saidIn('uk')).toEqual({ ...messageTexts.uk, button: 'Так' });
    expect(saidIn('pl')).toEqual({ ...polish, language: 'pl' });
  });
});
