import { el } from '../dom.js';
import { texts } from '../texts.js';

/**
 * Listens to the keyboard shortcuts.
 * @param {{ find: () => void, next: () => void, move: (by: number) => void }} actions
 * @returns {() => void} stops listening
 */
export function watchShortcuts({ find, next, move }) {
  const byCode = {
    ArrowUp: () => move(-1),
    ArrowDown: () => move(1),
    KeyS: find,
    KeyN: next,
  };
  const listening = new AbortController();
  document.addEventListener('keydown', event => {
    if (document.querySelector('dialog[open]')) return;
    const isWriting = event.target.closest('input, textarea');
    const run = event.key === '?' && !isWriting ? openShortcuts
      : event.altKey && !event.ctrlKey && !event.metaKey ? byCode[event.code] : undefined;
    if (!run) return;
    event.preventDefault();
    run();
  }, { signal: listening.signal });
  return () => listening.abort();
}

/** Lists the shortcuts. */
export function openShortcuts() {
  const dialog = el('dialog', { class: 'dialog', 'aria-labelledby': 'shortcuts-title', 'data-testid': 'shortcuts', close: () => dialog.remove() },
    el('h2', { id: 'shortcuts-title' }, texts.shortcuts),
    el('dl', { class: 'shortcuts' }, ...Object.values(texts.shortcutList).flatMap(([keys, what]) => [
      el('dt', {}, el('kbd', {}, keys)), el('dd', {}, what),
    ])),
    el('div', { class: 'dialog-buttons' }, el('button', { class: 'button', type: 'button', click: () => dialog.close() }, texts.close)));
  document.body.append(dialog);
  dialog.showModal();
}
