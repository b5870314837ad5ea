import { el } from '../dom.js';
import { texts } from '../texts.js';
import { fullTime } from '../times.js';

/**
 * The users that the user has blocked, with a button to unblock each.
 * @param {import('./chat.js').App} app
 */
export function createBlocks({ api, notices }) {
  const list = el('ul', { class: 'group-list' });
  const none = el('p', { class: 'hint' }, texts.noBlocks);
  const element = el('section', { class: 'card form', 'aria-labelledby': 'blocks-title', 'data-testid': 'blocks' },
    el('h2', { id: 'blocks-title' }, texts.blocks), el('p', { class: 'hint' }, texts.blocksHint), none, list);

  function row({ blockId, nickname, at }) {
    const name = nickname || texts.stranger;
    const item = el('li', { 'data-testid': 'block' },
      el('span', { class: 'room-text' },
        el('span', { class: 'room-name', dir: 'auto' }, name),
        el('span', { class: 'hint' }, texts.blockedAt(fullTime(Date.parse(at))))),
      el('button', {
        class: 'button small', type: 'button', 'data-testid': 'unblock', 'aria-label': texts.unblockWhom(name), click: unblock,
      }, texts.unblock));

    async function unblock({ currentTarget: button }) {
      button.disabled = true;
      try {
        await api.unblock(blockId);
        await show();
        list.querySelector('button')?.focus();
      } catch (refusal) {
        button.disabled = false;
        notices.refused(refusal);
      }
    }

    return item;
  }

  async function show() {
    const { blocks = [] } = await api.blocks();
    list.replaceChildren(...blocks.map(row));
    none.hidden = blocks.length > 0;
  }

  return { element, show };
}
