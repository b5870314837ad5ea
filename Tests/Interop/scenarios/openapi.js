import assert from 'node:assert/strict';
import SwaggerParser from '@apidevtools/swagger-parser';
import { services } from '../contract.js';
import { scenario } from '../registry.js';

scenario('The OpenAPI document is valid and has every annotated method', async world => {
  const { body: document } = await world.http('GET', '/openapi/v1.json');
  const routes = Object.entries(document.paths).flatMap(([path, operations]) => Object.keys(operations).map(verb => `${verb} ${path}`));
  const annotated = Object.values(services).flatMap(({ service }) => Object.values(service ?? {}))
    .map(method => method.options['(google.api.http)'])
    .filter(Boolean)
    .map(({ body, ...route }) => Object.entries(route)[0])
    .map(([verb, path]) => `${verb} ${path.replace(/_(\w)/g, (_, letter) => letter.toUpperCase())}`);

  assert.ok(annotated.length > 40);
  assert.deepEqual(routes.sort(), annotated.sort());
  assert.equal(document.components.schemas.Room.properties.lastSeq.type, 'string');
  assert.match(document.components.schemas.Profile.properties.bio.description, /500 characters/);
  assert.match(document.paths['/v1/rooms'].post.description, /^Opens a group room/);
  assert.deepEqual(['/v1/rooms', '/v1/auth/login'].map(path => 'security' in document.paths[path].post), [true, false]);
  await SwaggerParser.validate(document);
});

scenario('The page of the document loads nothing from other servers', async world => {
  const page = await world.http('GET', '/docs/');
  assert.equal(page.status, 200);
  const [, nonce] = /script-src 'self' 'nonce-(\w+)'/.exec(page.headers.get('content-security-policy'));
  assert.ok(page.text.includes(`nonce="${nonce}"`), page.text);
  assert.doesNotMatch(page.text, /https?:\/\//);
  for (const [, script] of page.text.matchAll(/src="([^"]+)"/g)) assert.equal((await world.http('GET', `/docs/${script}`)).status, 200, script);
});
