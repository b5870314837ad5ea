import { texts } from './texts.js';

/** The languages to choose from; a profile may have others. */
export const Languages = Object.freeze([
  'ar', 'bg', 'bn', 'cs', 'da', 'de', 'el', 'en', 'es', 'et', 'fa', 'fi', 'fr', 'he', 'hi', 'hr', 'hu', 'id', 'it', 'ja',
  'ko', 'lt', 'lv', 'nl', 'no', 'pl', 'pt', 'ro', 'ru', 'sk', 'sl', 'sr', 'sv', 'sw', 'th', 'tr', 'uk', 'ur', 'vi', 'zh',
]);

const Names = new Intl.DisplayNames(texts.locale, { type: 'language' });

/**
 * The names of these languages, and of those already chosen.
 * @param {string[]} chosen BCP 47 tags
 * @returns {Record<string, string>} by tag, ordered by name
 */
export function languageNames(chosen = []) {
  const tags = [...new Set([...Languages, ...chosen])];
  return Object.fromEntries(tags.map(tag => [tag, Names.of(tag) ?? tag]).sort(([, one], [, other]) => one.localeCompare(other, texts.locale)));
}
