import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { test } from 'node:test';
import { load } from './fakes.mjs';

const page = new URL('../../../Edge/wwwroot/', import.meta.url);
const { en } = await load('texts/en.js');
const { vi } = await load('texts/vi.js');
const { languageOf } = await load('texts.js');
const { pluralsOf } = await load('plurals.js');

/** The texts by their paths: `prompt.yes`. */
function flat(texts, path = '') {
  return Object.entries(texts).flatMap(([key, value]) =>
    value && typeof value === 'object' ? flat(value, `${path}${key}.`) : [[`${path}${key}`, value]]);
}

test('every language has the same texts, with the same gaps to fill', () => {
  const shapeOf = texts => flat(texts).map(([path, value]) => `${path} ${typeof value}${typeof value === 'function' ? value.length : ''}`).sort();
  assert.deepEqual(shapeOf(vi), shapeOf(en));
});

test('no text is empty or left in English', () => {
  const same = new Set(['name', 'interestNames.anime', 'interestNames.podcasts', 'interestNames.yoga']);
  const english = new Map(flat(en));
  for (const [path, value] of flat(vi)) {
    if (typeof value !== 'string' || same.has(path) || path.startsWith('shortcutList.') || !english.get(path)) continue;
    assert.notEqual(value, '', path);
    assert.notEqual(value, english.get(path), path);
  }
});

test('the scripts name no text that is missing, and every text is used', async () => {
  const files = (await readdir(new URL('js/', page), { recursive: true })).filter(file => file.endsWith('.js') && !file.includes('texts/'));
  const scripts = (await Promise.all(files.map(file => readFile(new URL(`js/${file}`, page), 'utf8')))).join('\n');
  const used = new Set([...scripts.matchAll(/\btexts\.(\w+)/g)].map(([, key]) => key));
  // The message menu names these by its items.
  for (const key of ['reply', 'copy', 'edit', 'remove']) used.add(key);
  used.delete('js'); // the module itself
  assert.deepEqual([...used].sort(), Object.keys(en).sort());
  for (const [, path] of scripts.matchAll(/\btexts\.(\w+\.\w+)/g)) {
    const [first, second] = path.split('.');
    assert.ok(typeof en[first] !== 'object' || Array.isArray(en[first]) || second in en[first] || en[first][second] !== undefined, path);
  }
});

test('the plural follows the language', () => {
  assert.equal(en.members(1, 1), '1 member, 1 online');
  assert.equal(en.members(2, 1), '2 members, 1 online');
  assert.equal(vi.members(1, 1), '1 thành viên, 1 trực tuyến');
  assert.equal(pluralsOf('en')(1200, { one: '# day', other: '# days' }), '1,200 days');
  assert.equal(pluralsOf('pl')(3, { one: '# dzień', few: '# dni', other: '# dnia' }), '3 dni');
});

test('the language is the chosen one, or else the first that the browser wants and the page has', () => {
  assert.equal(languageOf('vi', ['en-US']), 'vi');
  assert.equal(languageOf('', ['fr', 'vi-VN', 'en']), 'vi');
  assert.equal(languageOf('', ['fr']), 'en');
  assert.equal(languageOf('xx', []), 'en');
});
