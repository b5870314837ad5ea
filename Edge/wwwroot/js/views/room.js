import { el, icon, setAttribute, setText } from '../dom.js';
import { link as address } from '../router.js';
import { texts } from '../texts.js';
import { clockTime } from '../times.js';
import { createAbout } from './about.js';
import { createComposer } from './composer.js';
import { confirm } from './confirm.js';
import { createFace } from './face.js';
import { createMessages } from './messages.js';
import { createPeople } from './people.js';
import { createPrompt } from './prompt.js';

/**
 * A conversation.
 * @param {import('./chat.js').App} app
 * @param {{ announce: (text: string) => void }} parts
 * @returns {import('./chat.js').Page}
 */
export function createRoomPage(app, { announce }) {
  const { api, calls, link, notices, router, session } = app;
  const title = el('h1', { tabindex: -1, dir: 'auto', 'data-testid': 'room-title' });
  const state = el('p', { class: 'partner-state', 'data-testid': 'partner-state', 'aria-live': 'polite' });
  const face = createFace(app);
  const leaveLabel = el('span', {});
  const leaveButton = el('button', { class: 'button small icon-first', type: 'button', 'data-testid': 'room-leave', click: leaveRoom },
    icon('leave'), leaveLabel);
  const keepButton = el('button', {
    class: 'button small keep', type: 'button', title: texts.keep, 'data-testid': 'keep', click: () => attempt(() => session.keep(roomId)),
  }, icon('heart'), el('span', {}, texts.keep));
  const about = createAbout(app);
  const people = createPeople(app);
  const peopleButton = el('button', {
    class: 'button small', type: 'button', 'aria-label': texts.people, title: texts.people, 'aria-haspopup': 'dialog', 'data-testid': 'room-people',
    click: () => people.open(session.rooms.get(roomId)),
  }, icon('more'));
  const callLabel = el('span', {}, texts.call.start);
  const callButton = el('button', { class: 'button small icon-first', type: 'button', 'data-testid': 'call', click: () => calls.call(roomId) },
    icon('call'), callLabel);
  const prompt = createPrompt({ session, notices, announce, changed: () => roomId && show() });
  const messages = createMessages({
    session,
    loadHistory,
    reply: item => composer.reply(item),
    edit: item => composer.edit(item),
    remove: removeMessage,
    react: ({ messageId }, emoji, on) => attempt(() => session.react(roomId, messageId, emoji, on)),
  });
  const typing = el('p', { class: 'typing', 'data-testid': 'typing', 'aria-live': 'polite' });
  const composer = createComposer({
    send: (text, inReplyTo) => session.post(roomId, text, inReplyTo),
    change: (messageId, text) => attempt(() => session.edit(roomId, messageId, text)),
    typing: (id, active) => session.setTyping(id, active),
  });
  const over = el('div', { class: 'room-over', hidden: true },
    el('p', {}, texts.over),
    el('button', { class: 'button primary', type: 'button', 'data-testid': 'search-again', click: searchAgain },
      icon('search'), texts.searchAgain));
  const element = el('section', { class: 'room' },
    el('header', { class: 'room-bar' },
      el('a', { class: 'bare back', href: address(''), 'aria-label': texts.back }, icon('back')),
      face.element, el('div', { class: 'room-text' }, title, state), callButton, keepButton, leaveButton, peopleButton),
    about.element, prompt.element, messages.element, typing, composer.element, over);
  let roomId = '';

  async function loadHistory(id) {
    session.addHistory(id, await api.messages(id, session.rooms.get(id).historyBefore));
  }

  async function leaveRoom() {
    const log = session.rooms.get(roomId);
    const isSure = await confirm(log.isPair
      ? { question: texts.endPairQuestion, consequence: texts.endPairConsequence, yes: texts.endPair }
      : { question: texts.leaveGroupQuestion, consequence: texts.leaveGroupConsequence, yes: texts.leaveGroup });
    if (!isSure) return;
    try {
      if (log.isPair) {
        await session.end(log.roomId);
      } else {
        await session.leave(log.roomId);
        router.go('groups');
      }
    } catch (refusal) {
      notices.refused(refusal);
    }
  }

  async function removeMessage({ messageId }) {
    const inRoom = roomId;
    const isSure = await confirm({
      question: texts.removeQuestion, consequence: texts.removeConsequence, yes: texts.remove, no: texts.keepMessage,
    });
    if (isSure) await attempt(() => session.remove(inRoom, messageId));
  }

  async function searchAgain() {
    router.go('');
    await attempt(() => session.startSearch());
  }

  /** @returns {Promise<boolean>} whether the request succeeded; if not, a notice was shown */
  async function attempt(ask) {
    try {
      await ask();
      return true;
    } catch (refusal) {
      notices.refused(refusal);
      return false;
    }
  }

  function show() {
    const log = session.rooms.get(roomId);
    element.classList.toggle('unknown', !log);
    if (!log) return;
    const name = log.title || texts.somebody;
    void face.show(log);
    void about.show(log);
    setText(title, name);
    setText(state, stateOf(log));
    const isOnline = log.isPair && !log.over && log.others[0]?.online;
    setAttribute(face.element, 'class', isOnline ? 'presence online' : 'presence');
    setAttribute(state, 'data-online', Boolean(isOnline) || null);
    setAttribute(element, 'data-reveal-level', log.isPair ? log.revealLevel : null);
    setText(leaveLabel, log.isPair ? texts.endPair : texts.leaveGroup);
    leaveButton.title = leaveLabel.textContent;
    const wasInUse = [composer.element, prompt.element, callButton, keepButton, leaveButton].some(one => one.contains(document.activeElement));
    prompt.show(log);
    callButton.hidden = !log.isPair || log.over;
    callButton.disabled = !session.live || Boolean(calls.line || log.call);
    setAttribute(callButton, 'title', texts.call.startWith(name));
    keepButton.hidden = !log.isPair || log.over || log.kept;
    keepButton.disabled = !session.live || !prompt.element.hidden;
    leaveButton.hidden = log.over;
    leaveButton.disabled = !session.live;
    peopleButton.hidden = log.isPair && log.fellows.length === 0;
    setText(typing, log.typing.size ? texts.typing([...log.typing].map(id => log.nameOf(id) || texts.somebody)) : '');
    composer.element.hidden = log.over;
    over.hidden = !log.over;
    if (wasInUse && log.over) over.querySelector('button').focus();
    else if (wasInUse && !hasFocus()) composer.focus();
    for (const entry of log.entries) if (entry.removed) composer.drop(entry.messageId);
    if (isLookedAt()) session.markRead(roomId);
  }

  /** An element that is hidden or disabled loses the focus, in some browsers at once and in others later. */
  function hasFocus() {
    const focused = document.activeElement;
    return focused !== document.body && !focused.disabled && !focused.closest('[hidden]');
  }

  function stateOf(log) {
    if (!log.isPair) return log.isCrowd ? texts.crowd(log.memberCount)
      : texts.members(log.members.length, log.members.filter(member => member.online || member.you).length);
    const partner = log.others[0];
    if (log.over || !partner) return texts.partnerGone;
    if (partner.online) return texts.online;
    return partner.lastSeen ? texts.lastSeen(clockTime(Date.parse(partner.lastSeen))) : texts.offline;
  }

  function isLookedAt() {
    return roomId && !document.hidden;
  }

  session.on('room', changed => changed === roomId && show());
  session.on('rooms', () => show());
  session.on('message', ({ log, entry }) => {
    if (log.roomId === roomId) announce(texts.says(log.nameOf(entry.memberId) || texts.somebody, entry.text));
  });
  session.on('live', () => session.live && roomId && !session.rooms.has(roomId) && unknown());
  calls.on('change', () => show());
  link.on('state', () => show());
  document.addEventListener('visibilitychange', () => isLookedAt() && session.markRead(roomId));

  function unknown() {
    notices.show(texts.roomUnknown);
    router.go('');
  }

  return {
    element,
    enter(id) {
      roomId = id;
      if (session.live && !session.rooms.has(id)) return unknown();
      show();
      messages.enter(id);
      composer.enter(id);
      composer.focus();
      if (session.rooms.has(id)) void people.load(id);
    },
    leave() {
      prompt.leave();
      messages.leave();
      composer.leave();
      face.clear();
      about.clear();
      roomId = '';
    },
  };
}
