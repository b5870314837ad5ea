import { el, icon } from '../dom.js';
import { texts } from '../texts.js';
import { Limits } from '../wire.js';
import { pickEmoji } from './emoji-picker.js';
import { moveIn } from './menu.js';

const Emojis = ['👍', '❤️', '😂', '😮', '😢', '🎉'];

/**
 * The actions for a message. All messages share one menu, which opens at the button of a message.
 * @param {{ reply: (item: object) => void, copy: (item: object) => void, edit: (item: object) => void, remove: (item: object) => void,
 *   react: (item: object, emoji: string, on: boolean) => void }} actions
 */
export function createMessageMenu(actions) {
  const element = el('div', {
    class: 'menu', role: 'menu', 'aria-label': texts.messageMenu, keydown: event => moveIn(element, event, close), focusout: focusOut,
  });
  let opener = null;

  function emojiItem(item, emoji) {
    const isOn = item.reactions.some(one => one.emoji === emoji && one.isOwn);
    return el('button', {
      class: 'menu-emoji', type: 'button', role: 'menuitemcheckbox', tabindex: -1, 'aria-checked': String(isOn),
      'aria-label': texts.react(emoji), 'data-testid': 'message-react', 'data-emoji': emoji,
      click: () => run(() => actions.react(item, emoji, !isOn)),
    }, emoji);
  }

  function moreEmojis(item) {
    return el('button', {
      class: 'menu-emoji', type: 'button', role: 'menuitem', tabindex: -1, 'aria-label': texts.moreEmojis, 'data-testid': 'message-react-more',
      click: () => run(async () => {
        const emoji = await pickEmoji();
        if (emoji) actions.react(item, emoji, true);
      }),
    }, icon('plus'));
  }

  function menuItem(name, action) {
    return el('button', {
      class: 'menu-item', type: 'button', role: 'menuitem', tabindex: -1, 'data-testid': `message-${name}`, click: () => run(action),
    }, icon(name), texts[name]);
  }

  function run(action) {
    close();
    void action();
  }

  /**
   * @param {HTMLElement} button
   * @param {object} item the message, as it is listed
   */
  function toggle(button, item) {
    const isOpen = opener === button;
    close();
    if (isOpen) return;
    opener = button;
    opener.setAttribute('aria-expanded', 'true');
    const mayChange = item.isOwn && Date.now() - item.at < Limits.changeWithin;
    element.replaceChildren(
      el('div', { class: 'menu-emojis', role: 'group', 'data-row': '' }, ...Emojis.map(emoji => emojiItem(item, emoji)), moreEmojis(item)),
      menuItem('reply', () => actions.reply(item)),
      menuItem('copy', () => actions.copy(item)),
      ...mayChange ? [menuItem('edit', () => actions.edit(item)), menuItem('remove', () => actions.remove(item))] : []);
    place();
    document.addEventListener('pointerdown', pointerDown);
    element.querySelector('button').focus({ preventScroll: true });
  }

  /** Places the menu above the message if there is room, otherwise below it. */
  function place() {
    const message = opener.closest('.message');
    const box = opener.closest('.messages');
    message.append(element);
    const above = message.getBoundingClientRect().top - box.getBoundingClientRect().top;
    element.dataset.side = above > element.offsetHeight + 8 ? 'above' : 'below';
    if (element.dataset.side === 'below') element.scrollIntoView({ block: 'nearest' });
  }

  function close() {
    if (!opener) return;
    document.removeEventListener('pointerdown', pointerDown);
    const closed = opener;
    opener = null;
    closed.setAttribute('aria-expanded', 'false');
    if (element.contains(document.activeElement)) closed.focus({ preventScroll: true });
    element.remove();
  }

  function pointerDown({ target }) {
    if (!element.contains(target) && !opener.contains(target)) close();
  }

  function focusOut({ relatedTarget }) {
    if (relatedTarget && relatedTarget !== opener && !element.contains(relatedTarget)) close();
  }

  return { toggle, close };
}
