import { settings } from './settings.js';
import { en } from './texts/en.js';
import { vi } from './texts/vi.js';
import { ErrorCode } from './wire.js';

const ByLanguage = { en, vi };

/** The languages of the page, each with its own name. */
export const PageLanguages = Object.freeze({ en: 'English', vi: 'Tiếng Việt' });

/**
 * The language to show the page in.
 * @param {string} chosen the user's choice; may be empty
 * @param {readonly string[]} wanted the browser's languages, the most wanted first
 */
export function languageOf(chosen, wanted) {
  return [chosen, ...wanted.map(tag => tag.split('-')[0])].find(language => language in ByLanguage) ?? 'en';
}

/** All texts of the page. They do not change while it is open. */
export const texts = ByLanguage[languageOf(settings().language, globalThis.navigator?.languages ?? [])];

/** The text for a refusal: the server's own text where it explains an invalid input. */
export function explain(refusal) {
  if (refusal.code === ErrorCode.PermissionDenied && refusal.retryAfterMs) return texts.banned.until(momentOf(Date.now() + refusal.retryAfterMs));
  const said = refusal.code === ErrorCode.InvalidArgument && refusal.detail;
  const parts = [said || texts.errors[refusal.code] || texts.errors[ErrorCode.Internal]];
  if (refusal.retryAfterMs) parts.push(texts.retryAfter(Math.ceil(refusal.retryAfterMs / 1000)));
  return parts.join(' ');
}

/** @param {number} at */
export const momentOf = at => new Date(at).toLocaleString(texts.locale, { dateStyle: 'medium', timeStyle: 'short' });
