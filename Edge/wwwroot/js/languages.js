import { texts } from './texts.js';

/** The languages that are offered; a profile may have others. */
export const Languages = Object.freeze([
  'ar', 'bg', 'bn', 'cs', 'da', 'de', 'el', 'en', 'es', 'et', 'fa', 'fi', 'fr', 'he', 'hi', 'hr', 'hu', 'id', 'it', 'ja',
  'ko', 'lt', 'lv', 'nl', 'no', 'pl', 'pt', 'ro', 'ru', 'sk', 'sl', 'sr', 'sv', 'sw', 'th', 'tr', 'uk', 'ur', 'vi', 'zh',
]);

const Names = new Intl.DisplayNames(texts.locale, { type: 'language' });

/**
 * The name of each language, for those offered and those that are already chosen.
 * @param {string[]} chosen BCP 47 tags
 * @returns {Record<string, string>} by tag, in the order of the names
 */
export function languageNames(chosen = []) {
  const tags = [...new Set([...Languages, ...chosen])];
  return Object.fromEntries(tags.map(tag => [tag, Names.of(tag) ?? tag]).sort(([, one], [, other]) => one.localeCompare(other, texts.locale)));
}
