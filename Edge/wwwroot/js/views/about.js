import { el, setText } from '../dom.js';
import { texts } from '../texts.js';
import { Refusal, Reveal } from '../wire.js';
import { avatar } from './avatar.js';

/**
 * What a room reveals of the partner: the picture, the interests and the bio.
 * @param {import('./chat.js').App} app
 * @param {import('../room-log.js').RoomLog} log
 */
export function createAbout({ api, pictures, session }, log) {
  const name = log.title || texts.stranger;
  const picture = el('div', { class: 'about-picture' });
  const interests = el('ul', { class: 'chips', 'aria-label': texts.likes(name), 'data-testid': 'partner-interests' });
  const bio = el('p', { class: 'partner-bio', dir: 'auto', 'data-testid': 'partner-bio' });
  const hint = el('p', { class: 'hint' }, texts.notYetRevealed);
  const element = el('div', { class: 'about' }, picture, el('div', { class: 'about-text' }, interests, bio, hint));
  let level = -1;

  function showPicture() {
    const { url, isBlurred } = pictures.of(log);
    picture.replaceChildren(!url ? avatar(name, log.roomId) : isBlurred ? image(url, true) : el('button', {
      class: 'about-open', type: 'button', 'aria-label': texts.showPicture(name), click: () => enlarge(url),
    }, image(url, false)));
  }

  const image = (url, isBlurred) => el('img', {
    class: isBlurred ? 'blurred' : '', src: url, alt: texts.pictureOf(name), 'data-testid': 'partner-picture',
  });

  function enlarge(url) {
    const dialog = el('dialog', { class: 'viewer', 'data-testid': 'viewer', click: () => dialog.close(), close: () => dialog.remove() },
      el('img', { src: url, alt: texts.pictureOf(name) }),
      el('button', { class: 'button small', type: 'button' }, texts.close));
    document.body.append(dialog);
    dialog.showModal();
  }

  async function load() {
    const memberId = log.others[0]?.memberId;
    if (!memberId || log.revealLevel < Reveal.Interests) return;
    try {
      const [partner, mine] = await Promise.all([api.member(log.roomId, memberId), api.knownProfile()]);
      interests.replaceChildren(...(partner.interests ?? []).map(key => {
        const interest = texts.interestNames[key] ?? key;
        return mine.interests?.includes(key)
          ? el('li', { class: 'tag common', title: texts.inCommon(interest) }, interest)
          : el('li', { class: 'tag' }, interest);
      }));
      setText(bio, partner.bio ?? '');
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      // What is shown stays, and the next opening loads again.
    }
  }

  /** Shows the present level of the reveal. */
  function show() {
    if (level === log.revealLevel) return;
    level = log.revealLevel;
    hint.hidden = level >= Reveal.Interests;
    showPicture();
    void load();
  }

  const unhook = [
    pictures.on('change', roomId => roomId === log.roomId && showPicture()),
    session.on('room', roomId => roomId === log.roomId && show()),
  ];
  show();
  return {
    element,
    close() {
      for (const off of unhook) off();
    },
  };
}

/**
 * Opens the same as a dialog.
 * @param {import('./chat.js').App} app
 * @param {import('../room-log.js').RoomLog} log
 */
export function openAbout(app, log) {
  const about = createAbout(app, log);
  const dialog = el('dialog', {
    class: 'dialog', 'aria-labelledby': 'about-title', 'data-testid': 'about-dialog', close: () => {
      about.close();
      dialog.remove();
    },
  },
  el('h2', { id: 'about-title' }, texts.aboutPartner(log.title || texts.stranger)),
  about.element,
  el('div', { class: 'dialog-buttons' }, el('button', { class: 'button', type: 'button', click: () => dialog.close() }, texts.close)));
  document.body.append(dialog);
  dialog.showModal();
}
