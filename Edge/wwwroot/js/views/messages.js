import { arrange, el, icon, setText } from '../dom.js';
import { texts } from '../texts.js';
import { itemsOf } from './items.js';
import { createMessage } from './message.js';
import { createMessageMenu } from './message-menu.js';
import { createOpeners } from './openers.js';
import { createReveal } from './reveal.js';

/** The distance from the end that still counts as the end. */
const NearEnd = 80;

/**
 * The events of a room, oldest first. Loads earlier history when scrolled up.
 * @param {import('./chat.js').App} app
 * @param {{ loadHistory: (roomId: string) => Promise<void>, write: (text: string) => void,
 *   reply: (item: object) => void, copy: (item: object) => void, edit: (item: object) => void, remove: (item: object) => void,
 *   react: (item: object, emoji: string, on: boolean) => void }} parts `write`: puts a text into the input
 */
export function createMessages(app, { loadHistory, write, reply, copy, edit, remove, react }) {
  const { session } = app;
  const list = el('ol', { class: 'message-list', keydown: keyDown });
  const historyText = el('span', {});
  const historyAgain = el('button', { class: 'button small', type: 'button', click: () => load() }, texts.tryAgain);
  const history = el('div', { class: 'history', role: 'status' }, historyText, historyAgain);
  const openers = createOpeners(app, { write });
  const box = el('div', {
    class: 'messages', role: 'log', 'aria-live': 'off', 'aria-label': texts.messages, tabindex: 0,
    'data-testid': 'room-messages', scroll: () => showJump(),
  }, history, list, openers.element);
  const jump = el('button', { class: 'button small jump', type: 'button', hidden: true, click: () => toEnd('smooth') },
    icon('down'), texts.newMessages);
  const element = el('div', { class: 'messages-box' }, box, jump);
  const top = new IntersectionObserver(entries => {
    isTopNear = entries.at(-1).isIntersecting;
    loadIfNear();
  }, { root: box, rootMargin: '400px 0px 0px' });
  new ResizeObserver(() => wasAtEnd && toEnd()).observe(box);

  const menu = createMessageMenu({ reply, copy, edit, remove, react });
  const actions = {
    openMenu: menu.toggle,
    showQuoted,
    react,
    reply,
    retry: outgoing => session.retry(outgoing),
    discard: outgoing => session.discard(outgoing),
  };

  /** @type {Map<string, { element: HTMLElement, menu: HTMLElement | null, update: (item: object) => void, close?: () => void }>} by key */
  let rows = new Map();
  let roomId = '';
  let isTopNear = false;
  /** The load of history that is under way. @type {Promise<void> | null} */
  let loading = null;
  let hasFailed = false;
  let wasAtEnd = true;
  let newest = 0;
  let newAfter = Infinity;

  const isAtEnd = () => box.scrollHeight - box.scrollTop - box.clientHeight < NearEnd;

  function toEnd(behavior = 'instant') {
    box.scrollTo({ top: box.scrollHeight, behavior });
  }

  function showJump() {
    wasAtEnd = isAtEnd();
    if (wasAtEnd) jump.hidden = true;
  }

  function loadIfNear() {
    if (isTopNear && !loading && !hasFailed && session.rooms.get(roomId)?.historyBefore) void load();
  }

  function load() {
    hasFailed = false;
    loading = loadPage();
    showHistory();
    return loading;
  }

  async function loadPage() {
    const loaded = roomId;
    try {
      await loadHistory(loaded);
    } catch {
      hasFailed = loaded === roomId; // shown with a button to try again
    }
    if (loaded !== roomId) return;
    loading = null;
    showHistory();
    top.unobserve(history); // observing again reports whether the top is near, in case one page does not fill the screen
    top.observe(history);
  }

  function showHistory() {
    setText(historyText, hasFailed ? texts.historyFailed : loading ? texts.loadingHistory : '');
    historyAgain.hidden = !hasFailed;
  }

  function show() {
    const log = session.rooms.get(roomId);
    if (!log) return;
    const outgoing = session.outgoing(roomId);
    const items = itemsOf(log, outgoing, newAfter);
    const stick = wasAtEnd;
    const fromEnd = box.scrollHeight - box.scrollTop;
    const firstBefore = list.firstElementChild;
    const shown = new Map();
    for (const item of items) {
      const row = rows.get(item.key) ?? create(item);
      row.update(item);
      shown.set(item.key, row);
    }
    for (const [key, row] of rows) if (!shown.has(key)) row.close?.();
    rows = shown;
    void openers.show(log, items);
    arrange(list, [...shown.values()].map(row => row.element));
    showWayIn();

    const last = items.at(-1);
    const isNew = last && last.at > newest;
    const grewAbove = firstBefore && firstBefore !== list.firstElementChild;
    if (stick || (isNew && last.isOwn)) toEnd();
    else if (grewAbove) box.scrollTop = box.scrollHeight - fromEnd;
    if (isNew && newest && !stick && !last.isOwn) jump.hidden = false;
    if (last) newest = last.at;
    loadIfNear();
  }

  function create(item) {
    if (item.kind === 'message') return createMessage(actions);
    if (item.kind === 'revealed') return createReveal(app, session.rooms.get(roomId), item);
    const line = el('li', { class: item.kind, 'data-testid': item.kind });
    return { element: line, menu: null, update: ({ text }) => setText(line, text) };
  }

  /** Makes at most one menu button reachable with the Tab key; the arrow keys lead to the others. */
  function showWayIn() {
    const buttons = menuButtons();
    const way = buttons.find(button => button === document.activeElement) ?? buttons.at(-1);
    for (const button of buttons) button.tabIndex = button === way ? 0 : -1;
  }

  const menuButtons = () => [...rows.values()].map(row => row.menu).filter(button => button && !button.hidden);

  function keyDown(event) {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const buttons = menuButtons();
    const place = buttons.indexOf(event.target);
    if (!step || place < 0) return;
    event.preventDefault();
    buttons[place + step]?.focus();
    showWayIn();
  }

  /**
   * Loads history until it has what is wanted.
   * @param {(log: import('../room-log.js').RoomLog) => boolean} hasIt
   * @returns {Promise<boolean>} false if it has not, or the user has gone elsewhere
   */
  async function loadUntil(hasIt) {
    const asked = roomId;
    const log = session.rooms.get(asked);
    while (!hasIt(log)) {
      if (!log.historyBefore) return false;
      await (loading ?? load());
      if (asked !== roomId || hasFailed) return false;
    }
    return true;
  }

  /** Scrolls to a message, and loads history as far as necessary. */
  async function showQuoted(messageId) {
    if (!await loadUntil(log => log.messageOf(messageId))) return;
    const row = point(messageId);
    row?.focus({ preventScroll: true });
    row?.addEventListener('blur', () => point(''), { once: true });
  }

  /** Marks a message, and scrolls to it; an empty id marks none. @returns {HTMLElement | null} */
  function point(messageId) {
    list.querySelector('.pointed')?.classList.remove('pointed');
    const row = messageId ? list.querySelector(`[data-message-id="${messageId}"]`) : null;
    row?.classList.add('pointed');
    row?.scrollIntoView({ block: 'center', behavior: 'smooth' });
    return row;
  }

  function closeRows() {
    for (const row of rows.values()) row.close?.();
    rows = new Map();
  }

  session.on('room', changed => changed === roomId && show());
  return {
    element,
    loadUntil,
    point,
    /** @param {number} after the seq after which messages are new */
    enter(id, after) {
      roomId = id;
      newAfter = after;
      closeRows();
      list.replaceChildren();
      isTopNear = hasFailed = false;
      loading = null;
      wasAtEnd = true;
      newest = 0;
      jump.hidden = true;
      showHistory();
      show();
      top.observe(history);
    },
    leave() {
      menu.close();
      closeRows();
      top.unobserve(history);
      roomId = '';
    },
  };
}
