import { el, setAttribute } from '../dom.js';
import { texts } from '../texts.js';
import { avatar } from './avatar.js';

/**
 * The disc of a room: a letter, or the revealed version of the partner's picture; with the partner's presence.
 * @param {import('./chat.js').App} app
 */
export function createFace({ pictures }) {
  const element = el('span', { class: 'presence' });
  let shown = '';

  /** @param {import('../room-log.js').RoomLog} log */
  function show(log) {
    const name = log.title || texts.stranger;
    const { url, isBlurred } = pictures.of(log);
    const isOnline = log.isPair && !log.over && log.others[0]?.online;
    setAttribute(element, 'class', isOnline ? 'presence online' : 'presence');
    const wanted = [log.roomId, name, url].join(' ');
    if (wanted === shown) return;
    shown = wanted;
    element.replaceChildren(url
      ? el('img', { class: isBlurred ? 'avatar blurred' : 'avatar', src: url, alt: '' })
      : avatar(name, log.roomId));
  }

  return { element, show };
}
