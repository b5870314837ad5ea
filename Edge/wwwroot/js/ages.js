import { Gender, Limits } from './wire.js';

/**
 * A person's age in whole years.
 * @param {string} birthDate YYYY-MM-DD
 * @param {Date} today
 */
export function ageOn(birthDate, today) {
  const [year, month, day] = birthDate.split('-').map(Number);
  const had = [today.getUTCMonth() + 1 - month, today.getUTCDate() - day].find(difference => difference !== 0) ?? 0;
  return today.getUTCFullYear() - year - (had < 0 ? 1 : 0);
}

/**
 * What a search needs and the profile lacks, in the order in which the page asks for it.
 * @param {import('./wire.js').Profile} profile
 * @returns {('birthDate' | 'adult' | 'gender')[]} `adult`: the person is too young
 */
export function missingForSearch({ birthDate, gender }, today = new Date()) {
  const missing = [];
  if (!birthDate) missing.push('birthDate');
  else if (ageOn(birthDate, today) < Limits.adultAge) missing.push('adult');
  if (!Object.values(Gender).includes(gender)) missing.push('gender');
  return missing;
}
