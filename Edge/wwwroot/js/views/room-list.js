import { arrange, el, icon, setAttribute, setText } from '../dom.js';
import { link as address } from '../router.js';
import { texts } from '../texts.js';
import { clockTime } from '../times.js';
import { avatar } from './avatar.js';

/**
 * The conversations, the most recent first.
 * @param {import('./chat.js').App} app
 */
export function createRoomList({ router, session }) {
  const list = el('ul', { class: 'room-list' });
  const none = el('p', { class: 'hint' }, texts.noRooms);
  const element = el('section', { class: 'rooms' }, el('h2', {}, texts.rooms), none, list);
  const rows = new Map();
  let selected = '';

  function row(log) {
    const name = el('span', { class: 'room-name', dir: 'auto' });
    const kept = el('span', { class: 'kept', role: 'img', 'aria-label': texts.roomKept, title: texts.roomKept, 'data-testid': 'room-kept' },
      icon('heart'));
    const time = el('time', {});
    const preview = el('span', { class: 'room-preview', dir: 'auto' });
    const badge = el('span', { class: 'badge' });
    const disc = el('span', {}, avatar(log.title || '?', log.roomId));
    const anchor = el('a', { href: address('room', log.roomId), 'data-testid': 'room-link' },
      disc, el('span', { class: 'room-text' },
        el('span', { class: 'room-line' }, name, kept, time),
        el('span', { class: 'room-line' }, preview, badge)));
    const remove = el('button', { class: 'bare', type: 'button', click: () => forget(log.roomId) }, icon('close'));
    return { element: el('li', {}, anchor, remove), anchor, name, kept, time, preview, badge, remove, disc };
  }

  function forget(roomId) {
    session.forget(roomId);
    if (selected === roomId) router.go('');
  }

  function update(parts, log) {
    const last = log.lastMessage;
    const title = log.title || texts.somebody;
    if (parts.name.textContent !== title) parts.disc.replaceChildren(avatar(title, log.roomId));
    setText(parts.name, title);
    parts.kept.hidden = !log.kept;
    setText(parts.time, last ? clockTime(last.at) : '');
    setText(parts.preview, log.over ? texts.roomOver : last?.removed ? texts.removed : last?.text ?? texts.nothingYet);
    setText(parts.badge, log.unread ? String(log.unread) : '');
    setAttribute(parts.badge, 'aria-label', log.unread ? texts.unread(log.unread) : null);
    setAttribute(parts.anchor, 'aria-current', log.roomId === selected ? 'page' : null);
    setAttribute(parts.disc, 'class', log.isPair && log.others[0]?.online && !log.over ? 'presence online' : 'presence');
    parts.remove.hidden = !log.over;
    setAttribute(parts.remove, 'aria-label', texts.removeRoom(log.title));
  }

  function show() {
    const logs = [...session.rooms.values()].sort((one, other) => other.activeAt - one.activeAt);
    for (const roomId of rows.keys()) if (!session.rooms.has(roomId)) rows.delete(roomId);
    none.hidden = logs.length > 0;
    arrange(list, logs.map(log => {
      if (!rows.has(log.roomId)) rows.set(log.roomId, row(log));
      const parts = rows.get(log.roomId);
      update(parts, log);
      return parts.element;
    }));
  }

  session.on('rooms', show);
  session.on('room', show);
  show();
  return {
    element,
    select(roomId) {
      selected = roomId;
      show();
    },
  };
}
