/**
 * Chooses among the plural forms of a language.
 * @param {string} locale
 * @returns {(count: number, forms: Record<string, string>) => string} `forms`: a text by plural category, with `#` for the number
 */
export function pluralsOf(locale) {
  const rules = new Intl.PluralRules(locale);
  const numbers = new Intl.NumberFormat(locale);
  return (count, forms) => (forms[rules.select(count)] ?? forms.other).replace('#', numbers.format(count));
}
