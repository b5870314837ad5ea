/** Text without case and diacritics, in which a search finds what it means. */
export const folded = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll('đ', 'd');

/** Whether a text contains every word of a search. */
export function matches(text, search) {
  const searched = folded(text);
  return folded(search).split(/\s+/).every(word => searched.includes(word));
}
