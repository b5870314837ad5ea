import { arrange, el, icon, setAttribute, setText } from '../dom.js';
import { splitLinks } from '../links.js';
import { texts } from '../texts.js';
import { clockTime, fullTime } from '../times.js';
import { watchTouch } from './gestures.js';

/**
 * A message of the list: its text, the message it replies to, and its reactions.
 * @param {{ openMenu: (button: HTMLElement, item: object) => void, showQuoted: (messageId: string) => void,
 *   react: (item: object, emoji: string, on: boolean) => void, reply: (item: object) => void, retry: (outgoing: object) => void,
 *   discard: (outgoing: object) => void }} actions
 */
export function createMessage(actions) {
  let shown = null;
  const author = el('span', { class: 'message-author', dir: 'auto' });
  const quoteAuthor = el('span', { class: 'quote-author', dir: 'auto' });
  const quoteText = el('span', { class: 'quote-text', dir: 'auto' });
  const quote = el('button', { class: 'quote', type: 'button', 'data-testid': 'quote', click: () => actions.showQuoted(shown.inReplyTo) },
    quoteAuthor, quoteText);
  const text = el('p', { class: 'message-text', dir: 'auto', 'data-testid': 'message-text' });
  const edited = el('span', { 'data-testid': 'message-edited' }, texts.edited);
  const time = el('time', {});
  const delivery = el('span', { class: 'delivery', role: 'img' });
  const menu = el('button', {
    class: 'bare message-menu', type: 'button', 'aria-haspopup': 'menu', 'aria-expanded': 'false', 'aria-label': texts.messageMenu,
    'data-testid': 'message-menu', click: () => actions.openMenu(menu, shown),
  }, icon('more'));
  const meta = el('span', { class: 'message-meta' }, edited, time, delivery);
  const bubble = el('div', { class: 'bubble' }, quote, text, meta);
  const reactions = el('div', { class: 'reactions' });
  const element = el('li', { class: 'message', 'data-testid': 'message', tabindex: -1 },
    author,
    el('div', { class: 'message-row' },
      bubble,
      menu),
    reactions);
  watchTouch(bubble, { press: () => shown.mayAct && actions.openMenu(menu, shown), swipe: () => shown.mayAct && actions.reply(shown) });

  function update(item) {
    shown = item;
    setAttribute(element, 'data-side', item.isOwn ? 'own' : 'other');
    setAttribute(element, 'data-state', item.state);
    setAttribute(element, 'data-message-id', item.messageId);
    setAttribute(element, 'data-continues', item.continues || null);
    setAttribute(element, 'data-removed', item.removed || null);
    setAttribute(element, 'data-large', item.isLarge || null);
    meta.className = item.isTimed ? 'message-meta' : 'message-meta hidden-visually';
    author.className = item.showsAuthor ? 'message-author' : 'message-author hidden-visually';
    setText(author, item.author);
    showQuote(item.quote);
    showText(item.removed ? texts.removed : item.text);
    edited.hidden = !item.editedAt || Boolean(item.removed);
    if (item.editedAt) edited.title = fullTime(item.editedAt);
    setText(time, clockTime(item.at));
    setAttribute(time, 'datetime', new Date(item.at).toISOString());
    setAttribute(time, 'title', fullTime(item.at));
    menu.hidden = !item.mayAct;
    showReactions(item);
    showDelivery(item);
  }

  function showQuote(quoted) {
    quote.hidden = !quoted;
    if (!quoted) return;
    setText(quoteAuthor, quoted.author);
    setText(quoteText, quoted.text);
    setAttribute(quote, 'aria-label', texts.quoted(quoted.author, quoted.text));
  }

  function showText(said) {
    if (text.textContent === said) return;
    text.replaceChildren(...splitLinks(said).map(piece => piece.href
      ? el('a', { href: piece.href, target: '_blank', rel: 'noopener noreferrer nofollow', 'data-testid': 'message-link' }, piece.text)
      : piece.text));
  }

  function showReactions(item) {
    const before = new Map([...reactions.children].map(chip => [chip.dataset.emoji, chip]));
    arrange(reactions, item.reactions.map(({ emoji, count, isOwn, names }) => {
      const chip = before.get(emoji) ?? reactionChip(emoji);
      setText(chip.lastChild, String(count));
      setAttribute(chip, 'aria-pressed', String(isOwn));
      setAttribute(chip, 'aria-label', texts.reaction(emoji, names));
      setAttribute(chip, 'title', names.join(', '));
      chip.disabled = !item.mayAct;
      return chip;
    }));
  }

  function reactionChip(emoji) {
    const chip = el('button', {
      class: 'reaction', type: 'button', 'data-testid': 'reaction', 'data-emoji': emoji,
      click: () => actions.react(shown, emoji, chip.getAttribute('aria-pressed') === 'false'),
    }, el('span', {}, emoji), el('span', {}));
    return chip;
  }

  function showDelivery(item) {
    delivery.hidden = !item.isOwn;
    if (delivery.dataset.shown === item.delivery) return;
    delivery.dataset.shown = item.delivery;
    delivery.setAttribute('aria-label', texts.delivery[item.delivery]);
    delivery.title = texts.delivery[item.delivery];
    delivery.replaceChildren(icon(item.delivery));
    element.querySelector('.failed-actions')?.remove();
    if (item.state === 'failed') element.append(failedActions(item.outgoing));
  }

  function failedActions(outgoing) {
    return el('span', { class: 'failed-actions' },
      texts.errors[outgoing.failed] ?? texts.delivery.failed,
      el('button', { class: 'link', type: 'button', click: () => actions.retry(outgoing) }, texts.tryAgain),
      el('button', { class: 'link', type: 'button', click: () => actions.discard(outgoing) }, texts.discard));
  }

  return { element, menu, update };
}
