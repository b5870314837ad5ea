import { el, setText } from '../dom.js';
import { texts } from '../texts.js';
import { CloseCode } from '../wire.js';

/**
 * Shows the state of the connection, with a button to connect where the page does not do so by itself.
 * @param {{ link: import('../link.js').Link, session: import('../session.js').Session,
 *   notices: ReturnType<typeof import('./notices.js').createNotices> }} parts
 */
export function createConnection({ link, session, notices }) {
  const label = el('span', {});
  const element = el('span', { class: 'connection', role: 'status', 'data-testid': 'connection-state' }, label);
  let ticking = 0;

  function show() {
    const { phase, retryAt = 0 } = link.state;
    clearTimeout(ticking);
    element.dataset.state = phase;
    if (phase === 'waiting' && !navigator.onLine) return setText(label, texts.connection.offline);
    const said = texts.connection[phase];
    if (phase !== 'waiting') return setText(label, said);
    const seconds = Math.ceil((retryAt - Date.now()) / 1000);
    setText(label, said(seconds));
    ticking = setTimeout(show, 1000);
  }

  function tellStopped({ phase, code }) {
    const key = 'connection';
    if (phase === 'live') notices.dismiss(key);
    if (phase !== 'stopped' || code === CloseCode.Banned) return; // a ban has a page of its own
    notices.show(texts.stopped[code] ?? texts.stopped.other, {
      key,
      kind: 'error',
      stays: true,
      action: { label: code === CloseCode.Taken ? texts.useHere : texts.connect, run: () => link.start() },
    });
  }

  const unhook = [
    link.on('state', show),
    link.on('state', tellStopped),
    session.on('goAway', () => notices.show(texts.goAway, { key: 'goAway' })),
    session.on('live', () => session.live && notices.dismiss('goAway')),
  ];
  show();
  return {
    element,
    close() {
      clearTimeout(ticking);
      for (const off of unhook) off();
      notices.dismiss('connection');
    },
  };
}
