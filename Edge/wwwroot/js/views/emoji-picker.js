import { el, setText } from '../dom.js';
import { findEmojis, readEmojis } from '../emojis.js';
import { texts } from '../texts.js';

/** @type {Promise<ReturnType<typeof readEmojis>> | null} */
let loaded = null;

/** Loads the emoji once. */
function load() {
  const text = async path => {
    const response = await fetch(path);
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return response.text();
  };
  loaded ??= Promise.all([text('emoji.txt'), text('emoji-names.txt')]).then(([list, names]) => readEmojis(list, names));
  loaded.catch(() => { loaded = null; });
  return loaded;
}

/** Lets the user choose an emoji. @returns {Promise<string>} empty if none is chosen */
export function pickEmoji() {
  const search = el('input', {
    class: 'input', type: 'search', placeholder: texts.emoji.search, 'aria-label': texts.emoji.search, autocomplete: 'off', autofocus: true, 'data-testid': 'emoji-search',
    input: () => show(), keydown: keyDown,
  });
  const said = el('p', { class: 'hint', role: 'status' });
  const grid = el('div', { class: 'emoji-grid', 'data-testid': 'emoji-grid', click: ({ target }) => target.closest('button') && choose(target.textContent) });
  const dialog = el('dialog', { class: 'dialog emoji-picker', 'aria-labelledby': 'emoji-title' },
    el('div', { class: 'dialog-title' },
      el('h2', { id: 'emoji-title' }, texts.emoji.title),
      el('button', { class: 'button small', type: 'button', click: () => dialog.close() }, texts.close)),
    search, said, grid);
  let groups = [];

  function keyDown(event) {
    if (event.key !== 'Enter') return;
    event.preventDefault(); // or it would press the button that gets the focus back
    choose(grid.querySelector('button')?.textContent ?? '');
  }

  function choose(emoji) {
    if (emoji) dialog.close(emoji);
  }

  function show() {
    const found = findEmojis(groups, search.value);
    setText(said, groups.length && !found.length ? texts.emoji.none : '');
    grid.replaceChildren(...found.map(({ emoji, name }) => el('button', {
      type: 'button', class: 'menu-emoji', 'aria-label': name, title: name, 'data-testid': 'emoji',
    }, emoji)));
  }

  document.body.append(dialog);
  dialog.showModal();
  load().then(read => {
    groups = read;
    show();
  }, () => setText(said, texts.emoji.failed));
  return new Promise(resolve => dialog.addEventListener('close', () => {
    dialog.remove();
    resolve(dialog.returnValue);
  }));
}
