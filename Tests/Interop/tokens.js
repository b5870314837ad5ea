// Access tokens as an attacker would make them, and tokens with the server's own key that the server would never make.
import { createHmac, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const encode = value => Buffer.from(JSON.stringify(value)).toString('base64url');
const decode = part => JSON.parse(Buffer.from(part, 'base64url').toString());

const algorithms = { HS256: 'sha256', HS512: 'sha512' };

/** The claims of a token. */
export const claims = token => decode(token.split('.')[1]);

/** The header of a token. */
export const header = token => decode(token.split('.')[0]);

/** The key that the server signs with. */
export function serverKey(dataDirectory) {
  const folder = join(dataDirectory, 'keys');
  const [file, ...others] = readdirSync(folder);
  if (others.length > 0) throw new Error(`more than one key in ${folder}`);
  return readFileSync(join(folder, file));
}

/** A copy of a token with other claims, signed with a key. */
export function signed(token, key, changes = {}, alg = 'HS256') {
  const content = `${encode({ ...header(token), alg })}.${encode({ ...claims(token), ...changes })}`;
  return `${content}.${createHmac(algorithms[alg], key).update(content).digest('base64url')}`;
}

/** The invalid tokens: the fault, and the token. */
export function badTokens(token, dataDirectory) {
  const key = serverKey(dataDirectory);
  const hourAgo = Math.floor(Date.now() / 1000) - 3600;
  return {
    'signed with another key': signed(token, randomBytes(32)),
    'signed with an empty key': signed(token, Buffer.alloc(0)),
    'alg none': `${encode({ ...header(token), alg: 'none' })}.${encode(claims(token))}.`,
    'alg none with a signature': `${encode({ ...header(token), alg: 'none' })}.${encode(claims(token))}.${token.split('.')[2]}`,
    'another algorithm': signed(token, key, {}, 'HS512'),
    'claims changed under the old signature': [token.split('.')[0], encode({ ...claims(token), sub: '0'.repeat(32) }), token.split('.')[2]].join('.'),
    'expired': signed(token, key, { nbf: hourAgo - 900, iat: hourAgo - 900, exp: hourAgo }),
    'expired for longer than clocks may differ': signed(token, key, { exp: Math.floor(Date.now() / 1000) - 31 }),
    'of another issuer': signed(token, key, { iss: 'another issuer' }),
    'for another audience': signed(token, key, { aud: 'another audience' }),
    'without an end': signed(token, key, { exp: undefined }),
    'no token at all': 'abc',
  };
}
