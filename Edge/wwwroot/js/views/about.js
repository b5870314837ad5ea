import { el, setText } from '../dom.js';
import { texts } from '../texts.js';
import { Refusal, Reveal } from '../wire.js';

/**
 * The part of the partner's profile that a room reveals: first the interests, then the bio.
 * @param {import('./chat.js').App} app
 */
export function createAbout({ api }) {
  const title = el('summary', { 'data-testid': 'about' });
  const interests = el('ul', { class: 'chips', 'data-testid': 'partner-interests' });
  const bio = el('p', { class: 'partner-bio', dir: 'auto', 'data-testid': 'partner-bio' });
  const element = el('details', { class: 'about', hidden: true, toggle: () => element.open && void load() }, title, interests, bio);
  let shown = '';
  let asked = null;

  function clear() {
    shown = '';
    asked = null;
    element.hidden = true;
    element.open = false;
  }

  /** Loaded at each opening, since the profile may have changed. */
  async function load() {
    const thisOne = asked;
    try {
      const partner = await api.member(thisOne.roomId, thisOne.memberId);
      if (thisOne !== asked) return;
      interests.replaceChildren(...(partner.interests ?? []).map(key => el('li', { class: 'tag' }, texts.interestNames[key] ?? key)));
      setText(bio, partner.bio ?? '');
      element.hidden = interests.children.length === 0 && !partner.bio;
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal;
      // The shown text stays, and the next opening loads again.
    }
  }

  /** @param {import('../room-log.js').RoomLog} log */
  async function show(log) {
    const memberId = log.isPair ? log.others[0]?.memberId ?? '' : '';
    const wanted = [log.roomId, memberId, log.revealLevel].join('/');
    if (wanted === shown) return;
    if (asked?.memberId !== memberId) clear();
    shown = wanted;
    if (!memberId || log.revealLevel < Reveal.Interests) return;
    asked = { roomId: log.roomId, memberId };
    setText(title, texts.aboutPartner(log.title || texts.somebody));
    interests.setAttribute('aria-label', texts.likes(log.title || texts.somebody));
    await load();
  }

  return { element, show, clear };
}
