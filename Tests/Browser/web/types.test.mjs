import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const compiler = fileURLToPath(new URL('../../Interop/node_modules/typescript/bin/tsc', import.meta.url));
const client = fileURLToPath(new URL('../../../Edge/wwwroot/js/webchat-client.js', import.meta.url));

test('the types of the client module are sound', () => {
  const { stdout, status } = spawnSync(process.execPath, [
    compiler, '--noEmit', '--allowJs', '--checkJs', '--strict', '--skipLibCheck', '--target', 'es2023', '--lib', 'es2023,dom',
    '--module', 'esnext', '--moduleResolution', 'bundler', client,
  ], { encoding: 'utf8' });
  assert.equal(status, 0, stdout);
});
