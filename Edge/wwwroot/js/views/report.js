import { el } from '../dom.js';
import { texts } from '../texts.js';
import { Limits } from '../wire.js';
import { choice, field, form } from './forms.js';

/**
 * Asks for the reason of a report, and sends it.
 * @param {import('./chat.js').App} app
 * @param {{ roomId: string, memberId: string, name: string }} reported
 */
export function openReport({ api, notices }, { roomId, memberId, name }) {
  const reason = choice({ legend: texts.reportReason, type: 'radio', choices: texts.reportReasons, testId: 'report-reason', name: 'reason', required: true });
  const comment = field({
    label: texts.reportComment, tag: 'textarea', rows: 3, name: 'comment', most: Limits.commentLength, 'data-testid': 'report-comment',
  });
  const dialog = el('dialog', { class: 'dialog', 'aria-labelledby': 'report-title', 'data-testid': 'report', close: () => dialog.remove() },
    el('h2', { id: 'report-title' }, texts.reportTitle(name)),
    el('p', {}, texts.reportHint),
    form({ class: 'form', label: texts.report, fields: [reason, comment], submit },
      reason.element, comment.element,
      el('div', { class: 'dialog-buttons' },
        el('button', { class: 'button', type: 'button', click: () => dialog.close() }, texts.cancel),
        el('button', { class: 'button danger', type: 'submit', 'data-testid': 'report-submit' }, texts.report))));

  async function submit() {
    await api.report({ roomId, memberId, reason: reason.values[0], comment: comment.input.value.trim() });
    dialog.close();
    notices.show(texts.reportDone);
  }

  document.body.append(dialog);
  dialog.showModal();
}
