import { texts } from '../texts.js';
import { dayName, duration, isSameDay, isSameMinute } from '../times.js';

/** Messages of a member that are closer together than this are grouped. */
const Together = 5 * 60_000;

const FewEmojis = /^(?:\p{RGI_Emoji}){1,3}$/v;

/**
 * The items of a room's list, with a key that stays the same while a message goes from pending to sent.
 * @param {import('../room-log.js').RoomLog} log
 * @param {import('../outbox.js').Outgoing[]} outgoing
 * @param {number} [newAfter] the seq after which messages of others are new; a line marks the first
 */
export function itemsOf(log, outgoing, newAfter = Infinity) {
  const items = [];
  const { received, read } = log.othersReceipt;
  const messages = new Map(log.entries.filter(entry => entry.messageId).map(entry => [entry.messageId, entry]));
  const lastReveal = log.entries.findLast(entry => entry.kind === 'revealed');
  let before = null;
  let hasNew = false;

  function add(item) {
    if (!before || !isSameDay(before.at, item.at)) {
      items.push({ key: `day ${new Date(item.at).toDateString()}`, kind: 'day', at: item.at, text: dayName(item.at) });
      before = null;
    }
    if (!hasNew && item.kind === 'message' && !item.isOwn && item.seq > newAfter) {
      items.push({ key: 'new', kind: 'new', at: item.at, text: texts.newMessages });
      before = null;
      hasNew = true;
    }
    if (item.kind === 'message') {
      item.continues = before?.kind === 'message' && before.memberId === item.memberId && item.at - before.at < Together;
      // The last message of a minute shows the time for all of them, and for all in the same state the state.
      if (item.continues && isSameMinute(before.at, item.at) && before.delivery === item.delivery && !before.editedAt) before.isTimed = false;
      item.isTimed = true;
      item.isLarge = !item.removed && FewEmojis.test(item.text);
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
      add({ ...entry, isOwn, reactions, state: 'sent', delivery: isOwn ? delivery : '', key: isOwn && entry.clientId ? entry.clientId : `seq ${entry.seq}` });
    } else if (entry === lastReveal) {
      add({
        key: `reveal ${entry.seq}`, kind: 'revealed', at: entry.at, text: lineOf(log, entry),
        hint: texts.revealedHint[entry.level] ?? texts.revealedHint.other,
      });
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

const nameIn = (log, memberId) => log.nameOf(memberId) || (log.isErased(memberId) ? texts.deletedAccount : texts.stranger);

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
    case 'called': return (texts.called[reason] ?? texts.called.HUNG_UP)({ name: log.title || texts.stranger, isCaller: isOwn, lasted: duration(lasted) });
    default: return (texts.ended[reason] ?? texts.ended.other)(name, isOwn);
  }
}
