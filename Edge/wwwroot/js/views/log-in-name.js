import { texts } from '../texts.js';
import { ErrorCode } from '../webchat-client.js';
import { Limits } from '../wire.js';
import { field } from './forms.js';

/**
 * The fields of a new user name and its password.
 * @param {string} testId the beginning of their test ids
 */
export function createLogInName(testId) {
  return {
    username: field({
      label: texts.username, hint: texts.usernameHint, name: 'username', 'data-testid': `${testId}-username`, required: true,
      autocomplete: 'username', autocapitalize: 'none', spellcheck: 'false', rule: { pattern: /^\w{3,20}$/, why: texts.usernameRule },
    }),
    password: field({
      label: texts.password, hint: texts.passwordHint, name: 'password', 'data-testid': `${testId}-password`, required: true,
      type: 'password', autocomplete: 'new-password', least: Limits.passwordLeast, most: Limits.passwordMost,
    }),
  };
}

/**
 * Awaits a request for a new user name, and says at its field if the name is taken.
 * @param {import('./forms.js').Field} username
 * @param {Promise<void>} asked
 */
export async function takesName(username, asked) {
  try {
    await asked;
    return true;
  } catch (refusal) {
    if (refusal.code !== ErrorCode.AlreadyExists) throw refusal;
    username.fail(texts.usernameTaken);
    return false;
  }
}
