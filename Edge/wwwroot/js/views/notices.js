import { el, icon } from '../dom.js';
import { explain, texts } from '../texts.js';

const Shown = { info: 4_000, error: 8_000 };

/** Short notices. They stand in a row of their own, so that they cover nothing. */
export function createNotices() {
  const element = el('div', { class: 'notices', role: 'status', 'aria-live': 'polite' });
  const byKey = new Map();

  function dismiss(key) {
    byKey.get(key)?.remove();
    byKey.delete(key);
  }

  /**
   * @param {string} text also the key of the notice: a notice with the same text replaces the first
   * @param {{ kind?: 'info' | 'error', stays?: boolean, until?: number, key?: string, action?: { label: string, run: () => void } }} [options]
   *   `key`: to dismiss it when what it speaks of is done
   */
  function show(text, { kind = 'info', stays = false, until = Date.now() + Shown[kind], key = text, action } = {}) {
    dismiss(key);
    const notice = el('div', { class: 'notice', 'data-testid': 'notice', 'data-kind': kind },
      el('p', {}, text),
      action && el('button', { class: 'button small', type: 'button', click: () => { dismiss(key); action.run(); } }, action.label),
      el('button', { class: 'bare', type: 'button', 'aria-label': texts.dismiss, click: () => dismiss(key) }, icon('close')));
    byKey.set(key, notice);
    element.append(notice);
    if (!stays) setTimeout(() => byKey.get(key) === notice && dismiss(key), until - Date.now());
  }

  return {
    element,
    show,
    dismiss,
    /** @param {import('../wire.js').Refusal} refusal */
    refused: refusal => show(explain(refusal), { kind: 'error' }),
  };
}
