import { describe, expect, it } from 'vitest';
import { ACTIONS, NEEDS } from '../src/challenge';
import { LANGUAGES, languageOf, texts, type Key } from '../src/messages';
import { en } from '../src/messages/en';

const keys = Object.keys(en) as Key[];
const placeholders = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

describe.each(Object.entries(LANGUAGES))('The texts in %s', (language, own) => {
  it('are complete', () => {
    expect(Object.keys(own).sort()).toEqual([...keys].sort());
  });

  it.each(keys)('have words, and the same values, for %s', (key) => {
    expect(own[key].trim()).toBe(own[key]);
    expect(own[key].length).toBeGreaterThan(1);
    expect(placeholders(own[key])).toEqual(placeholders(en[key]));
  });

  it('are not left in English', () => {
    const same = keys.filter((key) => own[key] === en[key]);
    expect(language === 'en' ? [] : same).toEqual([]);
  });

  it('have a sentence for each action and each need', () => {
    const say = texts(language);
    const said = [...ACTIONS.map((a) => say(`action.${a}`)), ...NEEDS.map((n) => say(`needs.${n}`))];
    expect(new Set(said).size).toBe(said.length);
  });
});

describe('A language', () => {
  it('is found by its base, and is English where nobody speaks it', () => {
    expect(languageOf('de-AT')).toBe('de');
    expect(languageOf('BN')).toBe('bn');
    expect(languageOf('fr')).toBe('en');
    expect(languageOf(undefined)).toBe('en');
    expect(languageOf('toString')).toBe('en');
  });

  it('gets its values filled in, and shows what is missing', () => {
    expect(texts('en')('step', { n: 2, m: 3 })).toBe('Step 2 of 3');
    expect(texts('en')('step', { n: 2 })).toBe('Step 2 of {m}');
  });
});
