import { matches } from './folding.js';

const SkinTone = /\p{Emoji_Modifier}/u;

/** @typedef {{ emoji: string, name: string }} Emoji */

/**
 * Reads the server's list of emoji and the names. Leaves out the variants by skin tone.
 * @param {string} list one line per subgroup: its name, then the emoji
 * @param {string} names one line per emoji: the emoji, then its name
 * @returns {{ name: string, emojis: Emoji[] }[]} the subgroups
 */
export function readEmojis(list, names) {
  const nameOf = new Map(linesOf(names).map(line => {
    const end = line.indexOf(' ');
    return [line.slice(0, end), line.slice(end + 1)];
  }));
  return linesOf(list).map(line => {
    const [name, ...emojis] = line.split(' ');
    return { name, emojis: emojis.filter(emoji => !SkinTone.test(emoji)).map(emoji => ({ emoji, name: nameOf.get(emoji) ?? name })) };
  }).filter(({ emojis }) => emojis.length);
}

/**
 * The emoji whose name, or the name of their subgroup, has all words of a search.
 * @param {ReturnType<typeof readEmojis>} groups
 * @param {string} search
 */
export function findEmojis(groups, search) {
  return groups.flatMap(({ name: group, emojis }) => emojis.filter(({ name }) => matches(`${name} ${group}`, search)));
}

const linesOf = text => text.split('\n').filter(Boolean);
