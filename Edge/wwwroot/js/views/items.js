import { texts } from '../texts.js';
import { dayName, duration, isSameDay } from '../times.js';

/** Messages of a member that are closer together than this are grouped. */
const Together = 5 * 60_000;

/**
 * The items of a room's list, with a key that stays the same while a message goes from pending to sent.
 * @param {import('../room-log.js').RoomLog} log
 * @param {import('../outbox.js').Outgoing[]} outgoing
 */
export function itemsOf(log, outgoing) {
  const items = [];
  const { received, read } = log.othersReceipt;
  const messages = new Map(log.entries.filter(entry => entry.messageId).map(entry => [entry.messageId, entry]));
  let before = null;

  function add(item) {
    if (!before || !isSameDay(before.at, item.at)) {
      items.push({ key: `day ${new Date(item.at).toDateString()}`, kind: 'day', at: item.at, text: dayName(item.at) });
      before = null;
    }
    if (item.kind === 'message') {
      item.continues = before?.kind === 'message' && before.memberId === item.memberId && item.at - before.at < Together;
      item.showsAuthor = !log.isPair && !item.isOwn && !item.continues;
      item.author = authorOf(log, item.memberId);
      item.mayAct = item.state === 'sent' && !item.removed && !log.over;
      if (item.inReplyTo && !item.removed) item.quote = quoteOf(log, messages.get(item.inReplyTo));
    }
    items.push(item);
    before = item;
  }

  for (const entry of log.entries) {
    if (entry.kind === 'message') {
      if (log.hides(entry.memberId)) continue;
      const isOwn = log.isOwn(entry.memberId);
      const delivery = entry.seq <= read ? 'read' : entry.seq <= received ? 'delivered' : 'sent';
      const reactions = (entry.reactions ?? []).map(({ emoji, memberIds }) => ({
        emoji, count: memberIds.length, isOwn: memberIds.some(id => log.isOwn(id)), names: memberIds.map(id => authorOf(log, id)),
      }));
      add({ ...entry, isOwn, reactions, state: 'sent', delivery, key: isOwn && entry.clientId ? entry.clientId : `seq ${entry.seq}` });
    } else {
      add({ key: `seq ${entry.seq}`, kind: 'system', at: entry.at, text: lineOf(log, entry) });
    }
  }
  for (const one of outgoing) {
    const state = one.failed ? 'failed' : 'pending';
    add({
      key: one.clientId, kind: 'message', isOwn: true, memberId: log.me?.memberId, at: one.at, text: one.text,
      inReplyTo: one.inReplyTo, reactions: [], state, delivery: state, outgoing: one,
    });
  }
  return items;
}

const authorOf = (log, memberId) => log.isOwn(memberId) ? texts.you : nameIn(log, memberId);

const nameIn = (log, memberId) => log.nameOf(memberId) || (log.isErased(memberId) ? texts.deletedAccount : texts.somebody);

/** The quoted message of a reply; it may be further back than has been read. */
function quoteOf(log, entry) {
  if (!entry) return { author: '', text: texts.earlierMessage };
  if (log.hides(entry.memberId)) return { author: '', text: texts.blockedMessage };
  return { author: authorOf(log, entry.memberId), text: entry.removed ? texts.removed : entry.text };
}

function lineOf(log, { kind, memberId, reason, level, lasted, name: newName }) {
  const isOwn = log.isOwn(memberId);
  const name = nameIn(log, memberId);
  switch (kind) {
    case 'joined': return texts.joined(name, isOwn);
    case 'left': return (texts.left[reason] ?? texts.left.other)(name, isOwn);
    case 'renamed': return texts.renamed(name, isOwn, newName);
    case 'owner': return texts.ownerChanged(name, isOwn);
    case 'revealed': return texts.revealed[level] ?? texts.revealed.other;
    case 'kept': return texts.kept;
    case 'called': return (texts.called[reason] ?? texts.called.HUNG_UP)({ name: log.title || texts.somebody, isCaller: isOwn, lasted: duration(lasted) });
    default: return (texts.ended[reason] ?? texts.ended.other)(name, isOwn);
  }
}
