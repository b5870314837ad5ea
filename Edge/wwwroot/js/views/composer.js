import { el, icon, setText } from '../dom.js';
import { texts } from '../texts.js';
import { Limits } from '../wire.js';
import { pickEmoji } from './emoji-picker.js';

/** How often the typing notice is repeated, and how long after the last key it ends. */
const TypingEvery = 3_000;
const TypingEnds = 4_000;

/** How many remaining characters start the countdown. */
const CountFrom = 100;

/**
 * The input for new and edited messages. Keeps a draft for each room.
 * @param {{ send: (text: string, inReplyTo: string) => void, change: (messageId: string, text: string) => Promise<boolean>,
 *   typing: (roomId: string, active: boolean) => void, draftOf: (roomId: string) => string,
 *   setDraft: (roomId: string, text: string) => void, editLast: () => void }} parts `change` resolves to whether it succeeded
 */
export function createComposer({ send, change, typing, draftOf, setDraft, editLast }) {
  const input = el('textarea', {
    class: 'input', rows: 1, placeholder: texts.writeMessage, 'aria-label': texts.message, enterkeyhint: 'send',
    dir: 'auto', 'data-testid': 'composer-input', input: changed, keydown: keyDown,
  });
  const count = el('p', { class: 'composer-count', role: 'status' });
  const button = el('button', { class: 'button primary round', type: 'submit', 'aria-label': texts.send, 'data-testid': 'composer-send' },
    icon('send'));
  const emojiButton = el('button', {
    class: 'bare', type: 'button', 'aria-label': texts.emoji.insert, title: texts.emoji.insert, 'data-testid': 'composer-emoji', click: insertEmoji,
  }, icon('smile'));
  const aboutTitle = el('span', { class: 'quote-author', dir: 'auto' });
  const aboutText = el('span', { class: 'quote-text', dir: 'auto' });
  const about = el('div', { class: 'composer-about', 'data-testid': 'composer-about', hidden: true },
    el('p', {}, aboutTitle, aboutText),
    el('button', { class: 'bare', type: 'button', 'aria-label': texts.cancel, 'data-testid': 'composer-cancel', click: cancel }, icon('close')));
  const element = el('form', { class: 'composer', submit }, about, el('div', { class: 'composer-field' }, input, emojiButton), button, count);
  let roomId = '';
  /** The message that is replied to or edited. @type {{ messageId: string, isChange: boolean, draft: string } | null} */
  let target = null;
  let isChanging = false;
  let toldAt = 0;
  let ending = 0;

  const length = () => [...input.value.trim()].length;

  function submit(event) {
    event.preventDefault();
    const text = input.value.trim();
    if (!text || isChanging || length() > Limits.textLength) return;
    if (target?.isChange) return void submitChange(text);
    const inReplyTo = target?.messageId ?? '';
    input.value = '';
    setDraft(roomId, '');
    stopTyping();
    aim(null);
    send(text, inReplyTo);
    input.focus();
  }

  async function submitChange(text) {
    const changed = target;
    isChanging = true;
    stopTyping();
    fit();
    const isDone = await change(changed.messageId, text);
    isChanging = false;
    if (isDone && target === changed) cancel();
    else fit();
  }

  /** Ends a reply or an edit, and restores the draft from before. */
  function cancel() {
    if (target?.isChange) input.value = target.draft;
    aim(null);
    input.focus();
  }

  function aim(next, title = '', text = '') {
    if (target?.isChange) stopTyping();
    target = next;
    about.hidden = !next;
    setText(aboutTitle, title);
    setText(aboutText, text);
    button.setAttribute('aria-label', next?.isChange ? texts.saveEdit : texts.send);
    fit();
  }

  function keyDown(event) {
    if (event.key === 'Escape' && target) cancel();
    if (event.key === 'ArrowUp' && !input.value && !target) {
      event.preventDefault();
      editLast();
    }
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    element.requestSubmit();
  }

  async function insertEmoji() {
    const { selectionStart, selectionEnd } = input;
    const emoji = await pickEmoji();
    input.focus();
    if (!emoji) return;
    input.setRangeText(emoji, selectionStart, selectionEnd, 'end');
    changed();
  }

  function changed() {
    fit();
    if (!target?.isChange) setDraft(roomId, input.value);
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
    setText(count, left < 0 ? texts.invalid.tooLong(-left) : left <= CountFrom ? texts.charactersLeft(left) : '');
    element.classList.toggle('too-long', left < 0);
    button.disabled = isChanging || left < 0 || left === Limits.textLength;
  }

  return {
    element,
    /** Proposes a text, which the user may still change. */
    write(text) {
      input.value = text;
      changed();
      input.focus();
    },
    /** @param {{ messageId: string, text: string, author: string, isOwn: boolean }} item the message to reply to */
    reply({ messageId, text, author, isOwn }) {
      if (target?.isChange) input.value = target.draft;
      aim({ messageId, isChange: false, draft: '' }, isOwn ? texts.replyingToSelf : texts.replyingTo(author), text);
      input.focus();
    },
    /** @param {{ messageId: string, text: string }} item the message to edit */
    edit({ messageId, text }) {
      const draft = target?.isChange ? target.draft : input.value;
      input.value = text;
      aim({ messageId, isChange: true, draft }, texts.editing, text);
      input.focus();
      input.setSelectionRange(text.length, text.length);
    },
    /** Cancels a reply to a removed message, or its edit. */
    drop(messageId) {
      if (target?.messageId === messageId) cancel();
    },
    enter(id) {
      roomId = id;
      input.value = draftOf(id);
      aim(null);
    },
    leave() {
      stopTyping();
      if (target?.isChange) input.value = target.draft;
      target = null;
    },
    /** Only where a keyboard is at hand: on a phone, focusing would open one over the messages. */
    focus() {
      if (matchMedia('(pointer: fine)').matches) input.focus();
    },
  };
}
