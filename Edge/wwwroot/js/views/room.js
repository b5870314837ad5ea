import { el, icon, setAttribute, setText } from '../dom.js';
import { link as address } from '../router.js';
import { texts } from '../texts.js';
import { clockTime } from '../times.js';
import { createComposer } from './composer.js';
import { confirm } from './confirm.js';
import { createFace } from './face.js';
import { createMessages } from './messages.js';

/**
 * One conversation.
 * @param {import('./chat.js').App} app
 * @param {{ announce: (text: string) => void }} parts
 * @returns {import('./chat.js').Page}
 */
export function createRoomPage(app, { announce }) {
  const { api, link, notices, router, session } = app;
  const title = el('h1', { tabindex: -1, dir: 'auto', 'data-testid': 'room-title' });
  const state = el('p', { class: 'partner-state', 'data-testid': 'partner-state', 'aria-live': 'polite' });
  const face = createFace(app);
  const leaveLabel = el('span', {});
  const leaveButton = el('button', { class: 'button small', type: 'button', 'data-testid': 'room-leave', click: leaveRoom },
    icon('leave'), leaveLabel);
  const messages = createMessages({ session, loadHistory });
  const typing = el('p', { class: 'typing', 'data-testid': 'typing', 'aria-live': 'polite' });
  const composer = createComposer({
    send: text => session.post(roomId, text),
    typing: (id, active) => session.setTyping(id, active),
  });
  const over = el('div', { class: 'room-over', hidden: true },
    el('p', {}, texts.over),
    el('button', { class: 'button primary', type: 'button', 'data-testid': 'search-again', click: searchAgain },
      icon('search'), texts.searchAgain));
  const element = el('section', { class: 'room' },
    el('header', { class: 'room-bar' },
      el('a', { class: 'bare back', href: address(''), 'aria-label': texts.back }, icon('back')),
      face.element, el('div', { class: 'room-text' }, title, state), leaveButton),
    messages.element, typing, composer.element, over);
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

  async function searchAgain() {
    router.go('');
    try {
      await session.startSearch();
    } catch (refusal) {
      notices.refused(refusal);
    }
  }

  function show() {
    const log = session.rooms.get(roomId);
    element.classList.toggle('unknown', !log);
    if (!log) return;
    const name = log.title || texts.somebody;
    void face.show(log);
    setText(title, name);
    setText(state, stateOf(log));
    const isOnline = log.isPair && !log.over && log.others[0]?.online;
    setAttribute(face.element, 'class', isOnline ? 'presence online' : 'presence');
    setAttribute(state, 'data-online', Boolean(isOnline) || null);
    setText(leaveLabel, log.isPair ? texts.endPair : texts.leaveGroup);
    const wasInUse = composer.element.contains(document.activeElement) || leaveButton === document.activeElement;
    leaveButton.hidden = log.over;
    leaveButton.disabled = !session.live;
    setText(typing, log.typing.size ? texts.typing([...log.typing].map(id => log.nameOf(id) || texts.somebody)) : '');
    composer.element.hidden = log.over;
    over.hidden = !log.over;
    if (wasInUse && log.over) over.querySelector('button').focus();
    if (isLookedAt()) session.markRead(roomId);
  }

  function stateOf(log) {
    if (!log.isPair) return texts.members(log.members.length, log.members.filter(member => member.online || member.you).length);
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
    },
    leave() {
      messages.leave();
      composer.leave();
      face.clear();
      roomId = '';
    },
  };
}
