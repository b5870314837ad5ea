import { el, setText } from '../dom.js';
import { momentOf, texts } from '../texts.js';
import { Refusal } from '../wire.js';

/**
 * The page of a banned user, in place of all others.
 * @param {import('./chat.js').App} app
 * @param {number} until the end of the ban; 0 if it is not known yet
 */
export function createBanned({ api, auth, link, notices }, until) {
  const end = el('p', { class: 'lead', 'data-testid': 'banned-until' }, until ? texts.banned.until(momentOf(until)) : texts.banned.unknownEnd);
  const element = el('main', { class: 'page banned', 'data-testid': 'banned' },
    el('h1', { tabindex: -1 }, texts.banned.title),
    end,
    el('p', {}, texts.banned.why),
    el('div', { class: 'dialog-buttons' },
      el('button', { class: 'button', type: 'button', 'data-testid': 'log-out', click: logOut }, texts.logOut),
      el('button', { class: 'button primary', type: 'button', click: () => link.start() }, texts.banned.check)));

  async function logOut() {
    try {
      await auth.logOut();
    } catch (refusal) {
      notices.refused(refusal); // the login is ended here all the same
    }
  }

  /** Every call is refused with the end of the ban. */
  async function askUntil() {
    try {
      await api.profile();
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      if (refusal.retryAfterMs) setText(end, texts.banned.until(momentOf(Date.now() + refusal.retryAfterMs)));
    }
  }

  if (!until) void askUntil();
  return { element };
}
