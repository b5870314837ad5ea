import { el } from '../dom.js';
import { texts } from '../texts.js';
import { avatar } from './avatar.js';
import { confirm } from './confirm.js';

/**
 * Who is and was in a room with this person, and what can be done about them.
 * @param {import('./chat.js').App} app
 */
export function createPeople({ api, notices, session }) {
  async function block(log, { memberId, nickname }) {
    const name = nickname || texts.somebody;
    const isSure = await confirm({
      question: texts.blockQuestion(name),
      consequence: log.isPair ? texts.blockPairConsequence : texts.blockGroupConsequence,
      yes: texts.block,
      no: texts.cancel,
    });
    if (!isSure) return;
    try {
      await api.block(log.roomId, memberId);
      session.setBlocked(log.roomId, memberId);
      notices.show(texts.blockDone(name));
    } catch (refusal) {
      notices.refused(refusal);
    }
  }

  function row(log, person, dialog) {
    const name = person.nickname || texts.somebody;
    return el('li', { 'data-testid': 'fellow' },
      avatar(name, person.memberId),
      el('span', { class: 'room-text' }, el('span', { class: 'room-name', dir: 'auto' }, name)),
      person.blocked
        ? el('span', { class: 'hint', 'data-testid': 'fellow-blocked' }, texts.blocked)
        : el('button', {
          class: 'button small', type: 'button', 'data-testid': 'fellow-block', 'aria-label': texts.blockWhom(name),
          click: () => {
            dialog.close();
            void block(log, person);
          },
        }, texts.block));
  }

  /** @param {import('../room-log.js').RoomLog} log */
  function open(log) {
    const dialog = el('dialog', { class: 'dialog', 'aria-labelledby': 'people-title', 'data-testid': 'people', close: () => dialog.remove() },
      el('h2', { id: 'people-title' }, texts.people),
      el('ul', { class: 'group-list' }),
      el('div', { class: 'dialog-buttons' }, el('button', { class: 'button', type: 'button', click: () => dialog.close() }, texts.close)));
    dialog.querySelector('ul').append(...log.fellows.map(person => row(log, person, dialog)));
    document.body.append(dialog);
    dialog.showModal();
  }

  return { open };
}
