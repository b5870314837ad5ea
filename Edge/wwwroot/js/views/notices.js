import { el, icon } from '../dom.js';
import { explain, texts } from '../texts.js';

const Shown = { info: 4_000, error: 8_000 };

/** Short notices at the edge of the page. */
export function createNotices() {
  const element = el('div', { class: 'notices', role: 'status', 'aria-live': 'polite' });
  const byKey = new Map();

  function dismiss(key) {
    byKey.get(key)?.remove();
    byKey.delete(key);
  }

  /**
   * @param {string} text also the key of the notice: a notice with the same text replaces the first
   * @param {{ kind?: 'info' | 'error', stays?: boolean, key?: string, action?: { label: string, run: () => void } }} [options]
   */
  function show(text, { kind = 'info', stays = false, key = text, action } = {}) {
    dismiss(key);
    const notice = el('div', { class: 'notice', 'data-testid': 'notice', 'data-kind': kind },
      el('p', {}, text),
      action && el('button', { class: 'button small', type: 'button', click: () => { dismiss(key); action.run(); } }, action.label),
      el('button', { class: 'bare', type: 'button', 'aria-label': texts.dismiss, click: () => dismiss(key) }, icon('close')));
    byKey.set(key, notice);
    element.append(notice);
    if (!stays) setTimeout(() => byKey.get(key) === notice && dismiss(key), Shown[kind]);
  }

  return {
    element,
    show,
    dismiss,
    /** @param {import('../wire.js').Refusal} refusal */
    refused: refusal => show(explain(refusal), { kind: 'error' }),
  };
}
