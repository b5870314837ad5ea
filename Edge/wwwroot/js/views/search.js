import { el, icon, setText } from '../dom.js';
import { texts } from '../texts.js';
import { duration } from '../times.js';
import { ErrorCode, Mode, SearchStage } from '../wire.js';

/**
 * The page to search for a partner.
 * @param {import('./chat.js').App} app
 * @returns {import('./chat.js').Page}
 */
export function createSearchPage({ link, notices, router, session }) {
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
  const element = el('section', { class: 'page search' },
    el('div', { class: 'radar', 'aria-hidden': 'true' },
      el('i', {}), el('i', {}), el('i', {}), el('img', { src: 'favicon.svg', alt: '', width: 72, height: 72 })),
    title, lead, start, voice, cancel, back);
  let isShown = false;
  let isAsking = false;
  let ticking = 0;
  let waitsSince = 0;

  async function ask(question) {
    isAsking = true;
    show();
    try {
      await question();
    } catch (refusal) {
      if (refusal.code === ErrorCode.FailedPrecondition && !session.activePair) {
        router.go('profile');
        notices.show(texts.profileNeeded);
      } else {
        notices.refused(refusal);
      }
    } finally {
      isAsking = false;
      show();
    }
  }

  function show() {
    clearTimeout(ticking);
    const pair = session.activePair;
    const stage = pair ? 'TALKING' : session.search.state ?? SearchStage.Idle;
    const waits = stage === SearchStage.Waiting;
    if (!waits) waitsSince = 0;
    else waitsSince ||= Math.min(Date.parse(session.search.since ?? '') || Date.now(), Date.now());

    element.dataset.state = title.dataset.state = stage.toLowerCase();
    setText(title, {
      TALKING: texts.searchInRoom(pair?.title),
      [SearchStage.Waiting]: texts.searchWaiting,
      [SearchStage.Matched]: texts.searchMatched,
    }[stage] ?? texts.searchTitle);
    setText(lead, pair ? texts.searchInRoomLead : waits ? texts.searchSince(duration(Date.now() - waitsSince)) : texts.searchLead);
    start.hidden = voice.hidden = Boolean(pair) || waits;
    cancel.hidden = !waits;
    back.hidden = !pair;
    start.disabled = voice.disabled = cancel.disabled = isAsking || !session.live;
    if (waits && isShown) ticking = setTimeout(show, 1000);
  }

  session.on('search', show);
  session.on('rooms', show);
  link.on('state', show);
  return {
    element,
    enter() {
      isShown = true;
      show();
    },
    leave() {
      isShown = false;
      clearTimeout(ticking);
    },
  };
}
