import { el } from '../dom.js';
import { texts } from '../texts.js';
import { Refusal, Reveal } from '../wire.js';
import { avatar } from './avatar.js';

/**
 * The disc in a room's bar: a letter, or the revealed version of the partner's picture. A fully revealed picture opens at a
 * click.
 * @param {import('./chat.js').App} app
 */
export function createFace({ api }) {
  const element = el('span', { class: 'presence' });
  let shown = '';
  let url = '';

  function clear() {
    URL.revokeObjectURL(url);
    url = '';
    shown = '';
  }

  /** @param {import('../room-log.js').RoomLog} log */
  async function show(log) {
    const name = log.title || texts.somebody;
    const partner = log.isPair ? log.others[0]?.memberId ?? '' : '';
    const wanted = [log.roomId, partner, log.revealLevel, name].join('/');
    if (wanted === shown) return;
    clear();
    shown = wanted;
    element.replaceChildren(avatar(name, log.roomId));
    if (!partner || log.revealLevel < Reveal.Preview) return;
    const isHidden = log.revealLevel < Reveal.Picture;
    try {
      const picture = await api.memberAvatar(log.roomId, partner, isHidden);
      if (wanted !== shown || !picture) return;
      url = URL.createObjectURL(picture);
      element.replaceChildren(isHidden ? image(name, true) : el('button', {
        class: 'bare', type: 'button', 'aria-label': texts.showPicture(name), click: () => enlarge(name),
      }, image(name, false)));
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      // The letter stays, and the next visit of the room loads again.
    }
  }

  function image(name, isBlurred) {
    return el('img', {
      class: isBlurred ? 'avatar blurred' : 'avatar', src: url, alt: texts.pictureOf(name), 'data-testid': 'partner-picture',
    });
  }

  function enlarge(name) {
    const dialog = el('dialog', { class: 'viewer', 'data-testid': 'viewer', click: () => dialog.close(), close: () => dialog.remove() },
      el('img', { src: url, alt: texts.pictureOf(name) }),
      el('button', { class: 'button small', type: 'button' }, texts.close));
    document.body.append(dialog);
    dialog.showModal();
  }

  return { element, show, clear };
}
