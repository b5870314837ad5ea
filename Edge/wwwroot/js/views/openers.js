import { el } from '../dom.js';
import { texts } from '../texts.js';
import { Refusal, Reveal } from '../wire.js';

const Most = 3;

/**
 * First lines for a pair that has not written yet, out of the interests of both or else of the user.
 * @param {import('./chat.js').App} app
 * @param {{ write: (text: string) => void }} parts
 */
export function createOpeners({ api }, { write }) {
  const list = el('ul', { class: 'opener-list' });
  const element = el('section', { class: 'openers', 'data-testid': 'openers', hidden: true }, el('p', { class: 'hint' }, texts.openers.lead), list);
  let shown = '';

  async function linesFor(log) {
    const partner = log.others[0]?.memberId;
    const [{ interests: mine = [] }, { interests: theirs = [] }] = await Promise.all([
      api.knownProfile(),
      partner && log.revealLevel >= Reveal.Interests ? api.member(log.roomId, partner) : {},
    ]);
    return openersFor(mine, theirs);
  }

  /** @param {import('../room-log.js').RoomLog} log @param {object[]} items what the room shows */
  async function show(log, items) {
    const isEmpty = log.isPair && !log.over && !log.historyBefore && !items.some(item => item.kind === 'message');
    element.hidden = !isEmpty;
    if (!isEmpty || shown === log.roomId) return;
    shown = log.roomId;
    list.replaceChildren();
    let lines = texts.openers.plain;
    try {
      lines = await linesFor(log);
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal; // the plain lines need no profile
    }
    if (shown !== log.roomId) return;
    element.setAttribute('aria-label', texts.openers.label(log.title || texts.stranger));
    list.replaceChildren(...lines.map(line => el('li', {},
      el('button', { class: 'button', type: 'button', 'data-testid': 'opener', click: () => write(line) }, line))));
  }

  return { element, show };
}

/**
 * @param {string[]} mine the user's interests
 * @param {string[]} theirs the partner's, as far as they are revealed
 */
export function openersFor(mine, theirs) {
  const nameOf = key => texts.interestNames[key] ?? key;
  const shared = mine.filter(key => theirs.includes(key));
  const lines = [
    ...shared.map(key => texts.openers.shared(nameOf(key))),
    ...mine.filter(key => !shared.includes(key)).slice(0, Most - 1).map(key => texts.openers.own(nameOf(key))),
    ...texts.openers.plain,
  ];
  return lines.slice(0, Most);
}
