import assert from 'node:assert/strict';
import { test } from 'node:test';
import { load } from './fakes.mjs';

const { splitLinks } = await load('links.js');

const cases = [
  ['no link', []],
  ['see https://example.org/a.', ['https://example.org/a']],
  ['(https://example.org/a_(b))', ['https://example.org/a_(b)']],
  ['"http://example.org", they said', ['http://example.org']],
  ['https://a.example https://b.example/?q=1&r=2#x!', ['https://a.example', 'https://b.example/?q=1&r=2#x']],
  ['HTTPS://EXAMPLE.ORG/Path', ['HTTPS://EXAMPLE.ORG/Path']],
  ['javascript:alert(1) data:text/html,x', []],
  ['https:// and http://[', []],
  ['<https://example.org/><b>', ['https://example.org/']],
];

for (const [text, links] of cases) {
  test(`links in: ${text}`, () => {
    const pieces = splitLinks(text);
    assert.deepEqual(pieces.filter(piece => piece.href).map(piece => piece.text), links);
    assert.equal(pieces.map(piece => piece.text).join(''), text);
    for (const { href } of pieces) if (href) assert.match(href, /^https?:\/\//);
  });
}
