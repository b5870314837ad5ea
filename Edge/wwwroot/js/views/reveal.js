import { el } from '../dom.js';
import { texts } from '../texts.js';
import { createAbout } from './about.js';

/**
 * The moment in which two partners see more of each other: the picture and the profile, in the middle of the conversation.
 * @param {import('./chat.js').App} app
 * @param {import('../room-log.js').RoomLog} log
 * @param {{ text: string, hint: string }} item
 */
export function createReveal(app, log, { text, hint }) {
  const about = createAbout(app, log);
  const element = el('li', { class: 'reveal card', 'data-testid': 'reveal', 'aria-label': texts.aboutPartner(log.title || texts.stranger) },
    el('p', { class: 'reveal-title' }, text), el('p', { class: 'hint' }, hint), about.element);
  return { element, menu: null, update() {}, close: about.close };
}
