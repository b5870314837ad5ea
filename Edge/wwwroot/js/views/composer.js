import { el, icon, setText } from '../dom.js';
import { texts } from '../texts.js';
import { Limits } from '../wire.js';

/** How often the others are told that somebody is still typing, and how long after the last key they are told no more. */
const TypingEvery = 3_000;
const TypingEnds = 4_000;

/** From how few characters on the rest is counted down. */
const CountFrom = 100;

/**
 * Where messages are written. Keeps a draft for each room.
 * @param {{ send: (text: string) => void, typing: (roomId: string, active: boolean) => void }} parts
 */
export function createComposer({ send, typing }) {
  const drafts = new Map();
  const input = el('textarea', {
    class: 'input', rows: 1, placeholder: texts.writeMessage, 'aria-label': texts.message, enterkeyhint: 'send',
    dir: 'auto', 'data-testid': 'composer-input', input: changed, keydown: keyDown,
  });
  const count = el('p', { class: 'composer-count', role: 'status' });
  const button = el('button', { class: 'button primary round', type: 'submit', 'aria-label': texts.send, 'data-testid': 'composer-send' },
    icon('send'));
  const element = el('form', { class: 'composer', submit }, input, button, count);
  let roomId = '';
  let toldAt = 0;
  let ending = 0;

  const length = () => [...input.value.trim()].length;

  function submit(event) {
    event.preventDefault();
    const text = input.value.trim();
    if (!text || length() > Limits.textLength) return;
    input.value = '';
    stopTyping();
    fit();
    send(text);
    input.focus();
  }

  function keyDown(event) {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    element.requestSubmit();
  }

  function changed() {
    fit();
    if (!input.value.trim()) return stopTyping();
    clearTimeout(ending);
    ending = setTimeout(stopTyping, TypingEnds);
    if (Date.now() - toldAt < TypingEvery) return;
    toldAt = Date.now();
    typing(roomId, true);
  }

  function stopTyping() {
    clearTimeout(ending);
    if (toldAt) typing(roomId, false);
    toldAt = 0;
  }

  function fit() {
    input.style.height = 'auto';
    input.style.height = `${input.scrollHeight + 2}px`;
    const left = Limits.textLength - length();
    setText(count, left < 0 ? texts.tooLong(-left) : left <= CountFrom ? texts.charactersLeft(left) : '');
    element.classList.toggle('too-long', left < 0);
    button.disabled = left < 0 || left === Limits.textLength;
  }

  return {
    element,
    enter(id) {
      roomId = id;
      input.value = drafts.get(id) ?? '';
      fit();
    },
    leave() {
      stopTyping();
      if (input.value) drafts.set(roomId, input.value);
      else drafts.delete(roomId);
    },
    /** Where a keyboard is at hand: on a phone, focusing would bring one up over the messages. */
    focus() {
      if (matchMedia('(pointer: fine)').matches) input.focus();
    },
  };
}
