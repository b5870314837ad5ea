import { el } from '../dom.js';
import { texts } from '../texts.js';
import { Limits } from '../wire.js';
import { avatar } from './avatar.js';
import { field, form } from './forms.js';

/**
 * The open group rooms, with buttons to join one or to open a new one.
 * @param {import('./chat.js').App} app
 * @returns {import('./chat.js').Page}
 */
export function createGroupsPage({ api, notices, router, session }) {
  const list = el('ul', { class: 'group-list', 'data-testid': 'groups' });
  const none = el('p', { class: 'hint', hidden: true }, texts.noGroups);
  const more = el('button', { class: 'button', type: 'button', hidden: true, click: () => load(nextPageToken) }, texts.more);
  const name = field({
    label: texts.groupName, name: 'name', 'data-testid': 'group-name', required: true, autocomplete: 'off', most: Limits.roomNameLength,
  });
  const capacity = field({
    label: texts.groupCapacity, name: 'capacity', 'data-testid': 'group-capacity', type: 'number', min: 2, max: 1000, value: 20, required: true,
  });
  const element = el('section', { class: 'page' },
    el('h1', { tabindex: -1 }, texts.groups),
    el('p', { class: 'lead' }, texts.groupsLead),
    none, list, more,
    form({ class: 'form card', label: texts.createGroup, fields: [name, capacity], submit: create },
      el('h2', {}, texts.createGroup),
      el('div', { class: 'form-row' }, name.element, capacity.element),
      el('button', { class: 'button primary', type: 'submit', 'data-testid': 'group-create' }, texts.create)));
  let nextPageToken = '';
  let visit = 0;

  async function create() {
    const room = await api.createRoom(name.input.value.trim(), Number(capacity.input.value));
    name.input.value = '';
    await enterRoom(room.roomId);
  }

  async function enterRoom(roomId) {
    if (!session.rooms.has(roomId) || session.rooms.get(roomId).over) await session.join(roomId);
    router.go('room', roomId);
  }

  async function join(event, roomId) {
    const button = event.currentTarget;
    button.disabled = true;
    try {
      await enterRoom(roomId);
    } catch (refusal) {
      notices.refused(refusal);
    } finally {
      button.disabled = false;
    }
  }

  function row({ roomId, name: title, memberCount = 0, capacity: most = 0 }) {
    const isIn = session.rooms.has(roomId) && !session.rooms.get(roomId).over;
    return el('li', { 'data-testid': 'group' },
      avatar(title, roomId),
      el('span', { class: 'room-text' },
        el('span', { class: 'room-name', dir: 'auto' }, title),
        el('span', { class: 'hint' }, texts.groupMembers(memberCount, most))),
      el('button', {
        class: 'button small', type: 'button', 'data-testid': 'group-join', disabled: !isIn && memberCount >= most,
        click: event => join(event, roomId),
      }, isIn ? texts.enter : texts.join));
  }

  async function load(pageToken = '') {
    const thisVisit = visit;
    try {
      const page = await api.openRooms(pageToken);
      if (thisVisit !== visit) return;
      const rows = (page.rooms ?? []).map(row);
      if (pageToken) list.append(...rows);
      else list.replaceChildren(...rows);
      nextPageToken = page.nextPageToken ?? '';
      more.hidden = !nextPageToken;
      none.hidden = list.children.length > 0;
    } catch (refusal) {
      notices.refused(refusal);
    }
  }

  return {
    element,
    title: texts.groups,
    enter() {
      visit++;
      void load();
    },
    leave() {
      visit++;
    },
  };
}
