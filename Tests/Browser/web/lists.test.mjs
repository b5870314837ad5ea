// The page's lists beside the server's.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { load } from './fakes.mjs';

const root = new URL('../../../', import.meta.url);
const read = path => readFile(new URL(path, root), 'utf8');
const { InterestGroups } = await load('wire.js');
const { findEmojis, readEmojis } = await load('emojis.js');
const { matches } = await load('folding.js');
const { openersFor } = await load('views/openers.js');
const { wishesOf } = await load('views/search.js');
const { en } = await load('texts/en.js');

test('every interest of the server is in one group, and has a name', async () => {
  const [, keys] = (await read('Actors/Users/Interests.cs')).match(/new\(([^)]+)\)/);
  const known = [...keys.matchAll(/"(\w+)"/g)].map(([, key]) => key).sort();
  assert.deepEqual(Object.values(InterestGroups).flat().sort(), known);
  assert.deepEqual(Object.keys(en.interestNames).sort(), known);
  assert.deepEqual(Object.keys(InterestGroups), Object.keys(en.interestGroups));
});

test('every emoji of the server has a name, by which it is found', async () => {
  const [list, names] = await Promise.all([read('Actors/Text/emoji.txt'), read('Edge/wwwroot/emoji-names.txt')]);
  const groups = readEmojis(list, names);
  const named = new Set(names.split('\n').map(line => line.split(' ')[0]));
  assert.deepEqual(groups.flatMap(({ emojis }) => emojis.map(({ emoji }) => emoji)).filter(emoji => !named.has(emoji)), []);
  const found = search => findEmojis(groups, search).map(({ emoji }) => emoji);
  assert.deepEqual(found('pizza'), ['🍕']);
  assert.deepEqual(found('FLAG viet'), ['🇻🇳']);
  assert.ok(found('face-smiling').includes('😀'));
  assert.ok(found('').length > 1_500);
  assert.deepEqual(found('no such thing'), []);
});

test('a search ignores case and diacritics, and takes the words in any order', () => {
  assert.ok(matches('Đi dạo ở Hà Nội', 'ha noi đi'));
  assert.ok(matches('Crème brûlée', 'creme'));
  assert.ok(!matches('Crème', 'creme tea'));
});

test('first lines begin with what both like', () => {
  assert.deepEqual(openersFor(['chess', 'tea', 'books'], ['books']), [en.openers.shared('books'), en.openers.own('chess'), en.openers.own('tea')]);
  assert.deepEqual(openersFor([], []), en.openers.plain);
});

test('a search says what it looks for', () => {
  assert.equal(wishesOf({}), 'anyone, of any age');
  assert.equal(wishesOf({ preferredGenders: ['FEMALE', 'OTHER'], ageMin: 20, ageMax: 30, languages: ['en', 'vi'] }),
    'women or others, aged 20 to 30, speaking English or Vietnamese');
  assert.equal(wishesOf({ ageMin: 20 }), 'anyone, 20 or older');
  assert.equal(wishesOf({ ageMax: 30 }), 'anyone, up to 30');
});
