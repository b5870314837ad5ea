import { el } from '../dom.js';

/** A coloured disc with the first letter of a nickname. The seed determines the colour. */
export function avatar(name, seed) {
  const [letter = '?'] = name.trim();
  const element = el('span', { class: 'avatar', 'aria-hidden': 'true' }, letter.toUpperCase());
  let hue = 0;
  for (const character of seed) hue = (hue * 31 + character.codePointAt(0)) % 360;
  element.style.setProperty('--hue', hue);
  return element;
}
