import { el, icon, setAttribute, setText } from '../dom.js';
import { link as address } from '../router.js';
import { texts } from '../texts.js';
import { shortTime } from '../times.js';
import { Limits } from '../wire.js';
import { openAbout } from './about.js';
import { createComposer } from './composer.js';
import { confirm } from './confirm.js';
import { createFace } from './face.js';
import { createFind } from './find.js';
import { createMenu } from './menu.js';
import { createMessages } from './messages.js';
import { createPeople } from './people.js';
import { createPrompt } from './prompt.js';

/**
 * A conversation.
 * @param {import('./chat.js').App} app
 * @param {{ announce: (text: string) => void }} parts
 * @returns {import('./chat.js').Page & { find: () => void, next: () => Promise<void> }}
 */
export function createRoomPage(app, { announce }) {
  const { api, calls, link, notices, pictures, router, session } = app;
  const title = el('h1', { tabindex: -1, dir: 'auto', 'data-testid': 'room-title' });
  const state = el('p', { class: 'partner-state', 'data-testid': 'partner-state', 'aria-live': 'polite' });
  const face = createFace(app);
  const who = el('button', { class: 'room-who', type: 'button', 'data-testid': 'about', click: () => openWho() }, face.element);
  const callButton = el('button', { class: 'bare', type: 'button', 'data-testid': 'call', click: () => calls.call(roomId) }, icon('call'));
  const nextButton = el('button', { class: 'button small room-next', type: 'button', title: texts.nextHint, 'data-testid': 'room-next', click: () => next() },
    icon('next'), texts.next);
  const people = createPeople(app);
  const menu = createMenu({ label: texts.roomMenu, testId: 'room-menu', items: menuItems });
  const prompt = createPrompt({ session, notices, announce, changed: () => roomId && show() });
  const messages = createMessages(app, {
    loadHistory,
    write: text => composer.write(text),
    reply: item => composer.reply(item),
    copy: ({ text }) => attempt(async () => {
      await navigator.clipboard.writeText(text);
      notices.show(texts.copied);
    }),
    edit: item => composer.edit(item),
    remove: removeMessage,
    react: ({ messageId }, emoji, on) => attempt(() => session.react(roomId, messageId, emoji, on)),
  });
  const find = createFind(app, { messages, closed: () => composer.focus() });
  const typing = el('p', { class: 'typing', 'data-testid': 'typing', 'aria-live': 'polite' });
  const composer = createComposer({
    send: (text, inReplyTo) => session.post(roomId, text, inReplyTo),
    change: (messageId, text) => attempt(() => session.edit(roomId, messageId, text)),
    typing: (id, active) => session.setTyping(id, active),
    draftOf: id => session.draftOf(id),
    setDraft: (id, text) => session.setDraft(id, text),
    editLast,
  });
  const over = el('div', { class: 'room-over', hidden: true },
    el('p', {}, texts.over),
    el('button', { class: 'button primary', type: 'button', 'data-testid': 'search-again', click: searchAgain },
      icon('search'), texts.searchAgain));
  const element = el('section', { class: 'room' },
    el('header', { class: 'room-bar' },
      el('a', { class: 'bare back', href: address('rooms'), 'aria-label': texts.back }, icon('back')),
      who, el('div', { class: 'room-text' }, title, state), callButton, nextButton, menu.element),
    find.element, prompt.element, messages.element, typing, composer.element, over);
  let roomId = '';

  async function loadHistory(id) {
    session.addHistory(id, await api.messages(id, session.rooms.get(id).historyBefore));
  }

  const current = () => session.rooms.get(roomId);

  function menuItems() {
    const log = current();
    const [partner] = log.isPair ? log.fellows : [];
    const items = [];
    if (log.isPair && !log.over && !log.kept && prompt.element.hidden) {
      items.push({ icon: 'heart', label: texts.keep, testId: 'keep', run: () => attempt(() => session.keep(roomId)) });
    }
    if (log.isPair) items.push({ icon: 'person', label: texts.aboutPartner(log.title || texts.stranger), testId: 'room-about', run: openWho });
    else items.push({ icon: 'people', label: texts.people, testId: 'room-people', run: openWho });
    items.push({ icon: 'search', label: texts.find.open, testId: 'room-find', run: () => find.open(roomId) });
    if (partner) {
      const person = { memberId: partner.memberId, name: partner.nickname || texts.stranger };
      items.push({ icon: 'flag', label: texts.reportWhom(person.name), testId: 'room-report', run: () => people.report(log, person) });
      if (!partner.blocked) items.push({ icon: 'block', label: texts.blockWhom(person.name), testId: 'room-block', run: () => people.block(log, person) });
    }
    if (log.isPair && !log.over && !log.kept) items.push({ icon: 'next', label: texts.nextHint, testId: 'room-menu-next', run: next });
    if (!log.over) {
      items.push({
        icon: 'leave', label: log.isPair ? texts.endPair : texts.leaveGroup, testId: 'room-leave', isDangerous: true, run: leaveRoom,
      });
    }
    return items;
  }

  /** Shows the profile of the partner, or the members of a group. */
  function openWho() {
    const log = current();
    if (log.isPair) openAbout(app, log);
    else people.open(log);
  }

  async function leaveRoom() {
    const log = current();
    const isSure = await confirm(log.isPair
      ? { question: texts.endPairQuestion, consequence: texts.endPairConsequence, yes: texts.end }
      : { question: texts.leaveGroupQuestion, consequence: texts.leaveGroupConsequence, yes: texts.leave });
    if (!isSure) return;
    await attempt(async () => {
      if (log.isPair) return session.end(log.roomId);
      await session.leave(log.roomId);
      router.go('groups');
    });
  }

  /** Ends the conversation, and searches again. */
  async function next() {
    const log = current();
    if (!log?.isPair) return;
    if (!log.over && !log.kept) {
      const isSure = await confirm({
        question: texts.nextQuestion, consequence: texts.nextConsequence(log.title || texts.stranger), yes: texts.next,
      });
      if (!isSure || !await attempt(() => session.end(log.roomId))) return;
    }
    await searchAgain();
  }

  async function removeMessage({ messageId }) {
    const inRoom = roomId;
    const isSure = await confirm({
      question: texts.removeQuestion, consequence: texts.removeConsequence, yes: texts.remove, no: texts.keepMessage,
    });
    if (isSure) await attempt(() => session.remove(inRoom, messageId));
  }

  /** Edits the user's last message, if it may still be changed. */
  function editLast() {
    const log = current();
    const last = log.entries.findLast(entry => entry.kind === 'message' && log.isOwn(entry.memberId) && !entry.removed);
    if (last && Date.now() - last.at < Limits.changeWithin) composer.edit(last);
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
    const log = current();
    element.classList.toggle('unknown', !log);
    if (!log) return;
    const name = log.title || texts.stranger;
    face.show(log);
    setAttribute(who, 'aria-label', log.isPair ? texts.aboutPartner(name) : texts.people);
    setText(title, name);
    setText(state, stateOf(log));
    setAttribute(state, 'data-online', (log.isPair && !log.over && log.others[0]?.online) || null);
    setAttribute(element, 'data-reveal-level', log.isPair ? log.revealLevel : null);
    const wasInUse = [composer.element, prompt.element, callButton, nextButton, menu.element].some(one => one.contains(document.activeElement));
    prompt.show(log);
    callButton.hidden = !log.isPair || log.over;
    callButton.disabled = !session.live || Boolean(calls.line || log.call);
    setAttribute(callButton, 'aria-label', texts.call.startWith(name));
    setAttribute(callButton, 'title', texts.call.startWith(name));
    nextButton.hidden = !log.isPair || log.over || log.kept;
    nextButton.disabled = !session.live;
    setText(typing, log.typing.size ? texts.typing([...log.typing].map(id => log.nameOf(id) || texts.stranger)) : '');
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
    return partner.lastSeen ? texts.lastSeen(shortTime(Date.parse(partner.lastSeen))) : texts.offline;
  }

  function isLookedAt() {
    return roomId && !document.hidden;
  }

  session.on('room', changed => changed === roomId && show());
  session.on('rooms', () => show());
  session.on('message', ({ log, entry }) => {
    if (log.roomId === roomId) announce(texts.says(log.nameOf(entry.memberId) || texts.stranger, entry.text));
  });
  session.on('live', () => session.live && roomId && !session.rooms.has(roomId) && unknown());
  calls.on('change', () => show());
  link.on('state', () => show());
  pictures.on('change', changed => changed === roomId && show());
  document.addEventListener('visibilitychange', () => isLookedAt() && session.markRead(roomId));

  function unknown() {
    notices.show(texts.roomUnknown);
    router.go('');
  }

  return {
    element,
    get title() {
      return current()?.title || texts.stranger;
    },
    find: () => current() && find.open(roomId),
    next,
    enter(id) {
      roomId = id;
      if (session.live && !session.rooms.has(id)) return unknown();
      pictures.forget(id);
      const newAfter = current()?.unread ? current().seenSeq : Infinity;
      show();
      messages.enter(id, newAfter);
      composer.enter(id);
      composer.focus();
      if (session.rooms.has(id)) void people.load(id);
    },
    leave() {
      prompt.leave();
      messages.leave();
      composer.leave();
      find.leave();
      menu.close();
      roomId = '';
    },
  };
}
