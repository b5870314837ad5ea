import { arrange, el, icon, setAttribute, setText } from '../dom.js';
import { splitLinks } from '../links.js';
import { texts } from '../texts.js';
import { clockTime, dayName, fullTime, isSameDay } from '../times.js';

/** Messages of one person closer together than this stand together. */
const Together = 5 * 60_000;

/** How near to the end counts as being there. */
const NearEnd = 80;

/**
 * What happened in a room, oldest first. Reads earlier history when scrolled up.
 * @param {{ session: import('../session.js').Session, loadHistory: (roomId: string) => Promise<void> }} parts
 */
export function createMessages({ session, loadHistory }) {
  const list = el('ol', { class: 'message-list' });
  const historyText = el('span', {});
  const historyAgain = el('button', { class: 'button small', type: 'button', click: () => load() }, texts.tryAgain);
  const history = el('div', { class: 'history', role: 'status' }, historyText, historyAgain);
  const box = el('div', {
    class: 'messages', role: 'log', 'aria-live': 'off', 'aria-label': texts.messages, tabindex: 0,
    'data-testid': 'room-messages', scroll: () => showJump(),
  }, history, list);
  const jump = el('button', { class: 'button small jump', type: 'button', hidden: true, click: () => toEnd('smooth') },
    icon('down'), texts.newMessages);
  const element = el('div', { class: 'messages-box' }, box, jump);
  const top = new IntersectionObserver(entries => {
    isTopNear = entries.at(-1).isIntersecting;
    loadIfNear();
  }, { root: box, rootMargin: '400px 0px 0px' });
  new ResizeObserver(() => wasAtEnd && toEnd()).observe(box);

  /** @type {Map<string, HTMLElement>} by key */
  let nodes = new Map();
  let roomId = '';
  let isTopNear = false;
  let isLoading = false;
  let hasFailed = false;
  let wasAtEnd = true;
  let newest = 0;

  const isAtEnd = () => box.scrollHeight - box.scrollTop - box.clientHeight < NearEnd;

  function toEnd(behavior = 'instant') {
    box.scrollTo({ top: box.scrollHeight, behavior });
  }

  function showJump() {
    wasAtEnd = isAtEnd();
    if (wasAtEnd) jump.hidden = true;
  }

  function loadIfNear() {
    if (isTopNear && !isLoading && !hasFailed && session.rooms.get(roomId)?.historyBefore) void load();
  }

  async function load() {
    const loaded = roomId;
    isLoading = true;
    hasFailed = false;
    showHistory();
    try {
      await loadHistory(loaded);
    } catch {
      hasFailed = loaded === roomId; // shown, with a way to try again
    }
    if (loaded !== roomId) return;
    isLoading = false;
    showHistory();
    top.unobserve(history); // observing anew tells again whether the top is near, in case one page does not fill the screen
    top.observe(history);
  }

  function showHistory() {
    setText(historyText, hasFailed ? texts.historyFailed : isLoading ? texts.loadingHistory : '');
    historyAgain.hidden = !hasFailed;
  }

  function show() {
    const log = session.rooms.get(roomId);
    if (!log) return;
    const outgoing = session.outgoing(roomId);
    const items = itemsOf(log, outgoing);
    const stick = wasAtEnd;
    const fromEnd = box.scrollHeight - box.scrollTop;
    const firstBefore = list.firstElementChild;
    const shown = new Map();
    for (const item of items) {
      const node = nodes.get(item.key) ?? create(item);
      update(node, item);
      shown.set(item.key, node);
    }
    nodes = shown;
    arrange(list, [...shown.values()]);

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
    if (item.kind !== 'message') return el('li', { class: item.kind === 'day' ? 'day' : 'system', 'data-testid': item.kind });
    const text = el('p', { class: 'message-text', dir: 'auto', 'data-testid': 'message-text' });
    for (const piece of splitLinks(item.text)) {
      text.append(piece.href
        ? el('a', { href: piece.href, target: '_blank', rel: 'noopener noreferrer nofollow' }, piece.text)
        : piece.text);
    }
    return el('li', { class: 'message', 'data-testid': 'message', 'data-side': item.isOwn ? 'own' : 'other' },
      el('span', { class: 'message-author', dir: 'auto' }),
      el('div', { class: 'bubble' }, text,
        el('span', { class: 'message-meta' }, el('time', {}), item.isOwn && el('span', { class: 'delivery', role: 'img' }))));
  }

  function update(node, item) {
    if (item.kind !== 'message') return setText(node, item.text);
    setAttribute(node, 'data-state', item.state);
    setAttribute(node, 'data-seq', item.seq);
    setAttribute(node, 'data-continues', item.continues || null);
    const author = node.querySelector('.message-author');
    author.className = item.showsAuthor ? 'message-author' : 'message-author hidden-visually';
    setText(author, item.author);
    const time = node.querySelector('time');
    setText(time, clockTime(item.at));
    setAttribute(time, 'datetime', new Date(item.at).toISOString());
    setAttribute(time, 'title', fullTime(item.at));
    const delivery = node.querySelector('.delivery');
    if (!delivery || delivery.dataset.shown === item.delivery) return;
    delivery.dataset.shown = item.delivery;
    delivery.setAttribute('aria-label', texts.delivery[item.delivery]);
    delivery.title = texts.delivery[item.delivery];
    delivery.replaceChildren(icon(item.delivery));
    node.querySelector('.failed-actions')?.remove();
    if (item.state === 'failed') node.append(failedActions(item.outgoing));
  }

  function failedActions(outgoing) {
    return el('span', { class: 'failed-actions' },
      texts.errors[outgoing.failed] ?? texts.delivery.failed,
      el('button', { class: 'link', type: 'button', click: () => session.retry(outgoing) }, texts.tryAgain),
      el('button', { class: 'link', type: 'button', click: () => session.discard(outgoing) }, texts.discard));
  }

  session.on('room', changed => changed === roomId && show());
  return {
    element,
    enter(id) {
      roomId = id;
      nodes = new Map();
      list.replaceChildren();
      isTopNear = isLoading = hasFailed = false;
      wasAtEnd = true;
      newest = 0;
      jump.hidden = true;
      showHistory();
      show();
      top.observe(history);
    },
    leave() {
      top.unobserve(history);
      roomId = '';
    },
  };
}

/** Everything that stands in the list, with a key that stays the same while a message goes from pending to sent. */
function itemsOf(log, outgoing) {
  const items = [];
  let before = null;

  function add(item) {
    if (!before || !isSameDay(before.at, item.at)) {
      items.push({ key: `day ${new Date(item.at).toDateString()}`, kind: 'day', at: item.at, text: dayName(item.at) });
      before = null;
    }
    if (item.kind === 'message') {
      item.continues = before?.kind === 'message' && before.memberId === item.memberId && item.at - before.at < Together;
      item.showsAuthor = !log.isPair && !item.isOwn && !item.continues;
      item.author = item.isOwn ? texts.you : log.nameOf(item.memberId) || texts.somebody;
    }
    items.push(item);
    before = item;
  }

  for (const entry of log.entries) {
    if (entry.kind === 'message') {
      const isOwn = log.isOwn(entry.memberId);
      const delivery = isOwn && entry.seq <= log.partnerReadTo ? 'read' : 'sent';
      add({ ...entry, isOwn, state: 'sent', delivery, key: isOwn && entry.clientId ? entry.clientId : `seq ${entry.seq}` });
    } else {
      add({ key: `seq ${entry.seq}`, kind: 'system', at: entry.at, text: lineOf(log, entry) });
    }
  }
  for (const one of outgoing) {
    const state = one.failed ? 'failed' : 'pending';
    add({
      key: one.clientId, kind: 'message', isOwn: true, memberId: log.me?.memberId, at: one.at, text: one.text,
      state, delivery: state, outgoing: one,
    });
  }
  return items;
}

function lineOf(log, { kind, memberId, reason }) {
  const isOwn = log.isOwn(memberId);
  const name = log.nameOf(memberId) || texts.somebody;
  switch (kind) {
    case 'joined': return texts.joined(name, isOwn);
    case 'left': return texts.left(name, isOwn, reason === 'ABSENT');
    default: return (texts.ended[reason] ?? texts.ended.other)(name, isOwn);
  }
}
