import { el } from '../dom.js';
import { texts } from '../texts.js';
import { Limits } from '../wire.js';
import { avatar } from './avatar.js';
import { confirm } from './confirm.js';
import { field, form } from './forms.js';
import { openReport } from './report.js';

/**
 * The members and former members of a group, with actions for each; for the owner also actions for the room.
 * @param {import('./chat.js').App} app
 */
export function createPeople(app) {
  const { api, notices, session } = app;

  /** Loads the members that a large room omits. */
  async function load(roomId) {
    const log = session.rooms.get(roomId);
    if (log.over || log.members.length >= log.memberCount) return;
    try {
      let pageToken = '';
      do {
        const page = await api.members(roomId, pageToken);
        session.addMembers(roomId, page.members ?? []);
        pageToken = page.nextPageToken ?? '';
      } while (pageToken);
    } catch (refusal) {
      notices.refused(refusal);
    }
  }

  /** Asks for confirmation, and runs the action. */
  async function attempt(asked, act) {
    if (!await confirm(asked)) return;
    try {
      await act();
    } catch (refusal) {
      notices.refused(refusal);
    }
  }

  const block = (log, { memberId, name }) => attempt({
    question: texts.blockQuestion(name),
    consequence: log.isPair ? texts.blockPairConsequence : texts.blockGroupConsequence,
    yes: texts.block,
    no: texts.cancel,
  }, async () => {
    await api.block(log.roomId, memberId);
    session.setBlocked(log.roomId, memberId);
    notices.show(texts.blockDone(name));
  });

  const report = (log, { memberId, name }) => openReport(app, { roomId: log.roomId, memberId, name });

  const remove = (log, { memberId, name }) => attempt({
    question: texts.removeMemberQuestion(name), consequence: texts.removeMemberConsequence, yes: texts.removeMember, no: texts.cancel,
  }, () => api.removeMember(log.roomId, memberId));

  const close = log => attempt({
    question: texts.closeGroupQuestion, consequence: texts.closeGroupConsequence, yes: texts.closeGroup, no: texts.cancel,
  }, () => session.end(log.roomId));

  /** @param {import('../room-log.js').RoomLog} log */
  function open(log) {
    const list = el('ul', { class: 'group-list' });
    const closeRoom = el('button', { class: 'button danger', type: 'button', 'data-testid': 'group-close', click: () => leaveFor(() => close(log)) },
      texts.closeGroup);
    const name = field({ label: texts.groupName, 'data-testid': 'group-rename', required: true, autocomplete: 'off', most: Limits.roomNameLength, name: 'name', value: log.name });
    const rename = form({
      class: 'form', label: texts.rename, fields: [name], submit: () => api.renameRoom(log.roomId, name.input.value.trim()),
    },
      name.element,
      el('button', { class: 'button', type: 'submit', 'data-testid': 'group-rename-save' }, texts.rename));
    const dialog = el('dialog', { class: 'dialog people', 'aria-labelledby': 'people-title', 'data-testid': 'people' },
      el('h2', { id: 'people-title' }, texts.people),
      list, rename,
      el('div', { class: 'dialog-buttons' }, closeRoom, el('button', { class: 'button', type: 'button', click: () => dialog.close() }, texts.close)));
    let shown = '';
    const unhook = [session.on('room', changed => changed === log.roomId && show()), session.on('rooms', () => show())];
    dialog.addEventListener('close', () => {
      for (const off of unhook) off();
      dialog.remove();
    });

    /** Replaces this dialog by the next question. */
    function leaveFor(ask) {
      dialog.close();
      void ask();
    }

    function row({ memberId, nickname, you = false, owner = false, isHere = true, blocked = false }) {
      const person = { memberId, name: nickname || texts.stranger };
      const button = (label, ariaLabel, testId, ask) => el('button', {
        class: 'button small', type: 'button', 'aria-label': ariaLabel(person.name), 'data-testid': testId, click: () => leaveFor(() => ask(log, person)),
      }, label);
      return el('li', { 'data-testid': you ? 'fellow-you' : 'fellow' },
        avatar(person.name, memberId),
        el('span', { class: 'room-text' },
          el('span', { class: 'room-name', dir: 'auto' }, you ? texts.you : person.name),
          owner && el('span', { class: 'hint', 'data-testid': 'fellow-owner' }, texts.owner),
          !isHere && el('span', { class: 'hint' }, texts.notHere),
          blocked && el('span', { class: 'hint', 'data-testid': 'fellow-blocked' }, texts.blocked)),
        !you && el('span', { class: 'row-actions' },
          button(texts.report, texts.reportWhom, 'fellow-report', report),
          !blocked && button(texts.block, texts.blockWhom, 'fellow-block', block),
          isHere && log.isOwner && !log.over && button(texts.removeMember, texts.removeWhom, 'fellow-remove', remove)));
    }

    function show() {
      if (!session.rooms.has(log.roomId)) return dialog.close();
      const people = log.me ? [log.me, ...log.fellows] : log.fellows;
      const now = JSON.stringify([log.isOwner, log.over, ...people.map(({ memberId, owner, isHere, blocked }) => [memberId, owner, isHere, blocked])]);
      if (shown !== now) list.replaceChildren(...people.map(row)); // otherwise the buttons stay, and keep the focus
      shown = now;
      rename.hidden = closeRoom.hidden = !log.isOwner || log.over;
    }

    show();
    document.body.append(dialog);
    dialog.showModal();
    void load(log.roomId);
  }

  return { block, load, open, report };
}
