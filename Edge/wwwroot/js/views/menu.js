import { el, icon } from '../dom.js';

/**
 * Moves the focus through a menu with the arrow keys.
 * @param {HTMLElement} element
 * @param {KeyboardEvent} event
 * @param {() => void} close
 */
export function moveIn(element, event, close) {
  const items = [...element.querySelectorAll('button')];
  const row = items.filter(item => item.parentElement.dataset.row !== undefined).length; // the first items may be in one row
  const place = items.indexOf(document.activeElement);
  const isInRow = place < row;
  const next = {
    ArrowRight: place + 1,
    ArrowLeft: place - 1 + items.length,
    ArrowDown: isInRow ? row : place + 1,
    ArrowUp: isInRow ? items.length - 1 : place === row && row ? 0 : place - 1,
    Home: 0,
    End: items.length - 1,
  }[event.key];
  if (event.key === 'Escape' || event.key === 'Tab') close();
  if (event.key === 'Escape') event.stopPropagation();
  if (next === undefined) return;
  event.preventDefault();
  items[(next + items.length) % items.length].focus({ preventScroll: true });
}

/**
 * A button that opens a menu below it.
 * @param {{ label: string, testId: string, items: () => { icon: string, label: string, testId: string, isDangerous?: boolean,
 *   run: () => void }[] }} options `items`: at the time of opening
 */
export function createMenu({ label, testId, items }) {
  const button = el('button', {
    class: 'bare', type: 'button', 'aria-label': label, title: label, 'aria-haspopup': 'menu', 'aria-expanded': 'false', 'data-testid': testId,
    click: () => list.isConnected ? close() : open(),
  }, icon('more'));
  const list = el('div', {
    class: 'menu', role: 'menu', 'aria-label': label, 'data-side': 'below', keydown: event => moveIn(list, event, close),
    focusout: ({ relatedTarget }) => relatedTarget && !element.contains(relatedTarget) && close(),
  });
  const element = el('div', { class: 'menu-place' }, button);
  const pointerDown = ({ target }) => element.contains(target) || close();

  function open() {
    list.replaceChildren(...items().map(item => el('button', {
      class: item.isDangerous ? 'menu-item danger' : 'menu-item', type: 'button', role: 'menuitem', tabindex: -1, 'data-testid': item.testId,
      click: () => {
        close();
        item.run();
      },
    }, icon(item.icon), item.label)));
    element.append(list);
    button.setAttribute('aria-expanded', 'true');
    document.addEventListener('pointerdown', pointerDown);
    list.querySelector('button').focus();
  }

  function close() {
    if (!list.isConnected) return;
    document.removeEventListener('pointerdown', pointerDown);
    if (list.contains(document.activeElement)) button.focus();
    list.remove();
    button.setAttribute('aria-expanded', 'false');
  }

  return { element, close };
}
