import { missingForSearch } from '../ages.js';
import { el, icon, setText } from '../dom.js';
import { languageNames } from '../languages.js';
import { link as address } from '../router.js';
import { texts } from '../texts.js';
import { duration } from '../times.js';
import { ErrorCode, Mode, Refusal, SearchStage } from '../wire.js';

/**
 * The page to search for a partner.
 * @param {import('./chat.js').App} app
 * @returns {import('./chat.js').Page}
 */
export function createSearchPage({ api, link, notices, router, session }) {
  const title = el('h1', { tabindex: -1, 'data-testid': 'search-state', 'aria-live': 'polite' });
  const lead = el('p', { class: 'lead' });
  const start = el('button', { class: 'button primary big', type: 'button', 'data-testid': 'search-start', click: () => ask(() => session.startSearch()) },
    icon('search'), texts.searchStart);
  const voice = el('button', { class: 'button big', type: 'button', 'data-testid': 'search-voice', click: () => ask(() => session.startSearch(Mode.Voice)) },
    icon('call'), texts.searchVoice);
  const cancel = el('button', { class: 'button big', type: 'button', 'data-testid': 'search-cancel', click: () => ask(() => session.cancelSearch()) },
    texts.searchCancel);
  const back = el('button', { class: 'button primary big', type: 'button', click: () => router.go('room', session.activePair.roomId) },
    texts.backToRoom);
  const wish = el('span', { 'data-testid': 'search-for' });
  const wishes = el('p', { class: 'search-for', role: 'group', 'aria-label': texts.searchFor.label, hidden: true }, wish,
    el('a', { href: address('profile', 'wishes'), 'data-testid': 'search-change' }, texts.searchFor.change));
  const buttons = [start, voice, cancel, back];
  const element = el('section', { class: 'page search' },
    el('div', { class: 'radar', 'aria-hidden': 'true' },
      el('i', {}), el('i', {}), el('i', {}), el('img', { src: 'favicon.svg', alt: '', width: 72, height: 72 })),
    title, lead, wishes, ...buttons);
  let isShown = false;
  let isAsking = false;
  let ticking = 0;
  let waitsSince = 0;

  /** The pressed button stays enabled meanwhile: a disabled one would lose the focus. */
  async function ask(question) {
    if (isAsking) return;
    isAsking = true;
    try {
      await question();
    } catch (refusal) {
      if (refusal.code === ErrorCode.FailedPrecondition && !session.activePair && await lacksProfile()) {
        router.go('profile');
        notices.show(texts.profileNeeded);
      } else {
        notices.refused(refusal);
      }
    } finally {
      isAsking = false;
    }
  }

  const lacksProfile = async () => missingForSearch(await api.profile()).length > 0;

  function show() {
    clearTimeout(ticking);
    const pair = session.activePair;
    const stage = pair ? 'TALKING' : session.search.state ?? SearchStage.Idle;
    const waits = stage === SearchStage.Waiting;
    if (!waits) waitsSince = 0;
    else waitsSince ||= Math.min(Date.parse(session.search.since ?? '') || Date.now(), Date.now());

    element.dataset.state = title.dataset.state = stage.toLowerCase();
    setText(title, {
      TALKING: texts.searchInRoom(pair?.title || texts.stranger),
      [SearchStage.Waiting]: texts.searchWaiting,
      [SearchStage.Matched]: texts.searchMatched,
    }[stage] ?? texts.searchTitle);
    setText(lead, pair ? texts.searchInRoomLead
      : !waits ? texts.searchLead
      : session.live ? texts.searchSince(duration(Date.now() - waitsSince)) : texts.searchPaused);
    const hadFocus = buttons.includes(document.activeElement);
    start.hidden = voice.hidden = Boolean(pair) || waits;
    cancel.hidden = !waits;
    back.hidden = !pair;
    start.disabled = voice.disabled = cancel.disabled = !session.live;
    if (hadFocus && !buttons.some(button => button === document.activeElement && !button.hidden)) buttons.find(button => !button.hidden).focus();
    if (waits && isShown) ticking = setTimeout(show, 1000);
  }

  async function showWishes() {
    try {
      setText(wish, wishesOf(await api.knownProfile()));
      wishes.hidden = false;
    } catch (refusal) {
      if (!(refusal instanceof Refusal)) throw refusal; // the next visit asks again
    }
  }

  session.on('search', show);
  session.on('rooms', show);
  link.on('state', show);
  return {
    element,
    title: texts.nav.search,
    enter() {
      isShown = true;
      show();
      void showWishes();
    },
    leave() {
      isShown = false;
      clearTimeout(ticking);
    },
  };
}

/**
 * What the search looks for, in words.
 * @param {import('../wire.js').Profile} profile
 */
export function wishesOf({ preferredGenders = [], ageMin = 0, ageMax = 0, languages = [] }) {
  const names = languageNames(languages);
  return [
    preferredGenders.length ? texts.searchFor.genders(preferredGenders.map(gender => texts.preferredGenders[gender])) : texts.searchFor.anyone,
    ageMin || ageMax ? texts.searchFor.ages(ageMin, ageMax) : texts.searchFor.anyAge,
    ...languages.length ? [texts.searchFor.languages(languages.map(tag => names[tag]))] : [],
  ].join(', ');
}
