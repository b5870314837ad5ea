import { el } from '../dom.js';
import { texts } from '../texts.js';

/**
 * Asks for confirmation of an action that cannot be undone.
 * @param {{ question: string, consequence: string, yes: string, no?: string }} options
 * @returns {Promise<boolean>}
 */
export function confirm({ question, consequence, yes, no = texts.stay }) {
  const dialog = el('dialog', { class: 'dialog', 'aria-labelledby': 'dialog-question' },
    el('h2', { id: 'dialog-question' }, question),
    el('p', {}, consequence),
    el('div', { class: 'dialog-buttons' },
      el('button', { class: 'button', type: 'button', click: () => dialog.close() }, no),
      el('button', { class: 'button danger', type: 'button', 'data-testid': 'confirm-yes', click: () => dialog.close('yes') }, yes)));
  document.body.append(dialog);
  dialog.showModal();
  return new Promise(resolve => dialog.addEventListener('close', () => {
    dialog.remove();
    resolve(dialog.returnValue === 'yes');
  }));
}
