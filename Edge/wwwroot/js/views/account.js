import { clientName } from '../clients.js';
import { el } from '../dom.js';
import { texts } from '../texts.js';
import { fullTime } from '../times.js';
import { ErrorCode, Limits } from '../wire.js';
import { confirm } from './confirm.js';
import { field, form } from './forms.js';

/** In these forms the server means the password, and not the login. */
const wrongPassword = ({ code, retryAfterMs }) => code === ErrorCode.PermissionDenied && !retryAfterMs ? texts.wrongPassword : '';

/**
 * The account: password, logins, data export and deletion.
 * @param {import('./chat.js').App} app
 */
export function createAccount({ api, auth, notices }) {
  const list = el('ul', { class: 'group-list' });
  const download = el('button', { class: 'button small', type: 'button', 'data-testid': 'export', click: takeAlong }, texts.download);
  const element = el('section', { class: 'card form', 'aria-labelledby': 'account-title', 'data-testid': 'account' },
    el('h2', { id: 'account-title' }, texts.account),
    createPasswordForm(),
    el('h3', { id: 'sessions-title' }, texts.sessions),
    el('div', { role: 'group', 'aria-labelledby': 'sessions-title' }, list),
    el('h3', {}, texts.takeAlong), el('p', { class: 'hint' }, texts.takeAlongHint), el('p', {}, download),
    createDeletionForm());

  function createPasswordForm() {
    const old = field({ label: texts.oldPassword, name: 'old_password', 'data-testid': 'old-password', required: true, type: 'password', autocomplete: 'current-password' });
    const next = field({
      label: texts.newPassword, hint: texts.passwordHint, name: 'new_password', 'data-testid': 'new-password', required: true, type: 'password',
      autocomplete: 'new-password', least: Limits.passwordLeast, most: Limits.passwordMost,
    });
    const element = form({
      class: 'form', label: texts.changePassword, fields: [old, next], why: wrongPassword,
      async submit() {
        await auth.changePassword(old.input.value, next.input.value);
        element.reset();
        notices.show(texts.passwordChanged);
        await show();
      },
    }, old.element, next.element, el('button', { class: 'button', type: 'submit', 'data-testid': 'change-password' }, texts.changePassword));
    return element;
  }

  function createDeletionForm() {
    const password = field({ label: texts.password, name: 'password', 'data-testid': 'delete-password', required: true, type: 'password', autocomplete: 'current-password' });
    return form({
      class: 'form', label: texts.deleteAccount, fields: [password], why: wrongPassword,
      async submit() {
        const sure = await confirm({
          question: texts.deleteAccountQuestion, consequence: texts.deleteAccountConsequence, yes: texts.deleteAccount, no: texts.keepAccount,
        });
        if (!sure) return;
        await auth.deleteAccount(password.input.value);
        notices.show(texts.accountDeleted);
      },
    }, el('h3', {}, texts.deleteAccount), el('p', { class: 'hint' }, texts.deleteAccountHint), password.element,
    el('button', { class: 'button danger', type: 'submit', 'data-testid': 'delete-account' }, texts.deleteAccount));
  }

  function row({ sessionId, client = '', lastUsedAt, current }) {
    const name = clientName(client) || texts.unknownClient;
    return el('li', { 'data-testid': 'session' },
      el('span', { class: 'room-text' },
        el('span', { class: 'room-name' }, name),
        el('span', { class: 'hint' }, current ? texts.thisSession : texts.lastUsed(fullTime(Date.parse(lastUsedAt))))),
      !current && el('button', {
        class: 'button small', type: 'button', 'data-testid': 'end-session', 'aria-label': texts.endWhichSession(name),
        click: ({ currentTarget }) => attempt(currentTarget, async () => {
          await api.revokeSession(sessionId);
          await show();
        }),
      }, texts.endSession));
  }

  function takeAlong() {
    return attempt(download, async () => {
      const url = URL.createObjectURL(await api.exportData());
      el('a', { href: url, download: 'webchat.json' }).click();
      URL.revokeObjectURL(url);
    });
  }

  /** @param {HTMLButtonElement} button disabled meanwhile */
  async function attempt(button, work) {
    button.disabled = true;
    try {
      await work();
    } catch (refusal) {
      notices.refused(refusal);
    } finally {
      button.disabled = false;
    }
  }

  async function show() {
    const { sessions = [] } = await api.sessions();
    list.replaceChildren(...sessions.map(row));
  }

  return { element, show };
}
