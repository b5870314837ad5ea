import { el, icon, setText } from '../dom.js';
import { matches } from '../folding.js';
import { texts } from '../texts.js';

/**
 * Searches the messages of a room, also those that have not been loaded yet.
 * @param {import('./chat.js').App} app
 * @param {{ messages: ReturnType<typeof import('./messages.js').createMessages>, closed: () => void }} parts
 */
export function createFind({ session }, { messages, closed }) {
  const input = el('input', {
    class: 'input', type: 'search', placeholder: texts.find.label, 'aria-label': texts.find.label, 'data-testid': 'find-input',
    input: () => void search(), keydown: keyDown,
  });
  const count = el('p', { class: 'hint', role: 'status', 'data-testid': 'find-count' });
  const step = (name, picture, by) => el('button', {
    class: 'bare', type: 'button', 'aria-label': texts.find[name], title: texts.find[name], 'data-testid': `find-${name}`, click: () => void go(by),
  }, icon(picture));
  const element = el('div', { class: 'find', role: 'search', hidden: true },
    input, count, step('older', 'up', 1), step('newer', 'below', -1),
    el('button', { class: 'bare', type: 'button', 'aria-label': texts.close, 'data-testid': 'find-close', click: close }, icon('close')));
  let roomId = '';
  /** The place of the shown match, counted from the newest. */
  let place = 0;

  /** The matches, newest first. */
  function found() {
    const log = session.rooms.get(roomId);
    if (!log || !input.value.trim()) return [];
    return log.entries.filter(entry => entry.kind === 'message' && !entry.removed && !log.hides(entry.memberId) && matches(entry.text, input.value)).reverse();
  }

  async function search() {
    place = 0;
    await show();
  }

  async function go(by) {
    if (!input.value.trim()) return;
    place = Math.max(0, place + by);
    await show();
  }

  async function show() {
    const asked = input.value;
    messages.point('');
    setText(count, '');
    if (!asked.trim()) return;
    if (found().length <= place) {
      setText(count, texts.find.loading);
      await messages.loadUntil(() => input.value !== asked || found().length > place);
      if (input.value !== asked) return;
    }
    const all = found();
    place = Math.min(place, Math.max(0, all.length - 1));
    setText(count, all.length ? texts.find.count(place + 1, all.length) : texts.find.none);
    if (all.length) messages.point(all[place].messageId);
  }

  function keyDown(event) {
    if (event.key === 'Escape') close();
    const by = { Enter: event.shiftKey ? -1 : 1, ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    void go(by);
  }

  function close() {
    if (element.hidden) return;
    element.hidden = true;
    messages.point('');
    closed();
  }

  return {
    element,
    open(id) {
      roomId = id;
      element.hidden = false;
      input.value = '';
      setText(count, '');
      input.focus();
    },
    leave() {
      element.hidden = true;
      input.value = '';
    },
  };
}
