import { bn } from './bn';
import { de } from './de';
import { en } from './en';
import { es } from './es';
import { hi } from './hi';

export type Key = keyof typeof en;
export type Texts = Readonly<Record<Key, string>>;

/** All languages that FaceLock speaks. */
export const LANGUAGES: Readonly<Record<string, Texts>> = { en, es, de, hi, bn };

/** The words of one language, with values filled in. */
export type Say = (key: Key, values?: Readonly<Record<string, string | number>>) => string;

/** The language to use for a tag such as `de-AT`: its own, its base's, or English. */
export function languageOf(tag: string | null | undefined): string {
  const base = (tag ?? '').toLowerCase().split('-', 1)[0] ?? '';
  return base in LANGUAGES ? base : 'en';
}

/** Makes the function that gives texts in a language. */
export function texts(language: string): Say {
  const own: Texts = LANGUAGES[language] ?? en;
  return (key, values = {}) =>
    own[key].replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));
}
