import { arrange, el, icon, setAttribute, setText } from '../dom.js';
import { link as address } from '../router.js';
import { texts } from '../texts.js';
import { fullTime, shortTime } from '../times.js';
import { createFace } from './face.js';

/**
 * The conversations, the most recent first.
 * @param {import('./chat.js').App} app
 */
export function createRoomList(app) {
  const { pictures, router, session } = app;
  const list = el('ul', { class: 'room-list' });
  const none = el('p', { class: 'hint' }, texts.noRooms);
  const element = el('section', { class: 'rooms', 'aria-labelledby': 'rooms-title' },
    el('h2', { id: 'rooms-title', tabindex: -1 }, texts.rooms), none, list);
  const rows = new Map();
  let selected = '';

  function row(log) {
    const name = el('span', { class: 'room-name', dir: 'auto' });
    const kept = el('span', { class: 'kept', role: 'img', 'aria-label': texts.roomKept, title: texts.roomKept, 'data-testid': 'room-kept' },
      icon('heart'));
    const time = el('time', {});
    const preview = el('span', { class: 'room-preview', dir: 'auto', 'data-testid': 'room-preview' });
    const badge = el('span', { class: 'badge', 'data-testid': 'room-unread' });
    const face = createFace(app);
    const anchor = el('a', { href: address('room', log.roomId), 'data-testid': 'room-link' },
      face.element, el('span', { class: 'room-text' },
        el('span', { class: 'room-line' }, name, kept, time),
        el('span', { class: 'room-line' }, preview, badge)));
    const remove = el('button', { class: 'bare', type: 'button', click: () => forget(log.roomId) }, icon('close'));
    return { element: el('li', {}, anchor, remove), anchor, face, name, kept, time, preview, badge, remove };
  }

  function forget(roomId) {
    session.forget(roomId);
    if (selected === roomId) router.go('');
  }

  function previewOf(log) {
    if (log.over) return texts.roomOver;
    if (log.typing.size) return texts.typingShort;
    const last = log.lastMessage;
    if (!last) return log.isPair ? texts.nothingYet : '';
    if (last.removed) return texts.removed;
    if (log.isOwn(last.memberId)) return texts.yourWords(last.text);
    return log.isPair ? last.text : texts.says(log.nameOf(last.memberId) || texts.stranger, last.text);
  }

  function update(parts, log) {
    const title = log.title || texts.stranger;
    const at = log.lastMessage?.at ?? log.activeAt;
    parts.face.show(log);
    setText(parts.name, title);
    parts.kept.hidden = !log.kept;
    setText(parts.time, at ? shortTime(at) : '');
    setAttribute(parts.time, 'datetime', at ? new Date(at).toISOString() : null);
    setAttribute(parts.time, 'title', at ? fullTime(at) : null);
    setText(parts.preview, previewOf(log));
    setAttribute(parts.preview, 'data-typing', (log.typing.size > 0 && !log.over) || null);
    setText(parts.badge, log.unread ? String(log.unread) : '');
    setAttribute(parts.badge, 'aria-label', log.unread ? texts.unread(log.unread) : null);
    setAttribute(parts.badge, 'role', log.unread ? 'img' : null);
    setAttribute(parts.anchor, 'aria-current', log.roomId === selected ? 'page' : null);
    parts.remove.hidden = !log.over;
    setAttribute(parts.remove, 'aria-label', texts.removeRoom(title));
  }

  const sorted = () => [...session.rooms.values()].sort((one, other) => other.activeAt - one.activeAt);

  function show() {
    const logs = sorted();
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
  pictures.on('change', show);
  show();
  return {
    element,
    select(roomId) {
      selected = roomId;
      show();
    },
    /** The room above (-1) or below (1) the selected one; the first if none is selected. */
    beside(by) {
      const ids = sorted().map(log => log.roomId);
      const place = ids.indexOf(selected);
      return place < 0 ? ids[0] : ids[place + by];
    },
  };
}
