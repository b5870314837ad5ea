import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { load } from './fakes.mjs';

const { ageOn, missingForSearch } = await load('ages.js');
const { Languages, languageNames } = await load('languages.js');
const { texts } = await load('texts.js');
const { Needs, Limits } = await load('wire.js');

const domain = name => readFile(new URL(`../../../Actors/Users/${name}.cs`, import.meta.url), 'utf8');
const quoted = source => [...source.matchAll(/"(\w+)"/g)].map(([, key]) => key);
const today = new Date('2030-03-01T12:00:00Z');

for (const [birthDate, age] of [['2012-03-01', 18], ['2012-03-02', 17], ['2012-02-29', 18], ['2000-12-31', 29], ['1930-01-01', 100]]) {
  test(`a user born on ${birthDate} is ${age} on 1 March 2030`, () => assert.equal(ageOn(birthDate, today), age));
}

test('only the missing fields for a search are named', () => {
  assert.deepEqual(missingForSearch({}, today), ['birthDate', 'gender']);
  assert.deepEqual(missingForSearch({ birthDate: '2012-03-02', gender: 'GENDER_UNSPECIFIED' }, today), ['adult', 'gender']);
  assert.deepEqual(missingForSearch({ birthDate: '1990-01-02' }, today), ['gender']);
  assert.deepEqual(missingForSearch({ birthDate: '2012-03-01', gender: 'OTHER' }, today), []);
  assert.equal(texts.missing(['a', 'b']), 'To search, we still need a and b.');
});

test('every missing field has a text', () => {
  for (const part of ['birthDate', 'adult', 'gender']) assert.ok(texts.missingParts[part]);
});

test('the page offers the needs and the interests that the server knows', async () => {
  assert.deepEqual([...Needs], quoted(await domain('Needs')));
  assert.deepEqual(Object.keys(texts.needNames).sort(), [...Needs].sort());
  const interests = await domain('Interests');
  assert.deepEqual(Object.keys(texts.interestNames).sort(), quoted(interests).sort());
  assert.match(interests, new RegExp(`Most = ${Limits.interests};`));
});

test('a language outside the list stays in the profile', () => {
  assert.equal(languageNames().de, 'German');
  assert.equal(Object.keys(languageNames()).length, Languages.length);
  assert.ok('gsw-CH' in languageNames(['gsw-CH']));
});
