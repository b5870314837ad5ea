import { el, icon, setAttribute, setText } from '../dom.js';
import { texts } from '../texts.js';
import { duration } from '../times.js';
import { Mode } from '../wire.js';

/**
 * The state and the buttons of a call, above every page; and its sound.
 * @param {import('./chat.js').App} app
 * @param {{ announce: (text: string) => void }} parts
 */
export function createCallBar({ calls, notices, session }, { announce }) {
  const title = el('p', { class: 'prompt-question', dir: 'auto', 'data-testid': 'call-title' });
  const hint = el('p', { class: 'hint' });
  const time = el('p', { class: 'prompt-left', role: 'timer', 'data-testid': 'call-time' });
  const muteLabel = el('span', {});
  const buttons = {
    start: button('start', { kind: 'primary', picture: 'call' }, () => calls.call(offered)),
    notNow: button('notNow', {}, () => { offered = ''; show(); }),
    accept: button('accept', { kind: 'primary', picture: 'call' }, () => calls.accept()),
    decline: button('decline', {}, () => calls.hangUp()),
    takeUp: button('takeUp', { kind: 'primary', picture: 'call' }, () => calls.call(stray().roomId)),
    mute: el('button', { class: 'button', type: 'button', 'data-testid': 'call-mute', click: () => calls.setMuted(!calls.line.isMuted) },
      icon('microphone'), muteLabel),
    hangUp: button('hangUp', { kind: 'danger' }, () => calls.line ? calls.hangUp() : calls.hangUpIn(stray().roomId, stray().call.callId)),
  };
  const voice = el('audio', { autoplay: true, 'data-testid': 'call-voice' });
  const element = el('section', { class: 'prompt call-bar', 'data-testid': 'call-bar', 'aria-label': texts.call.label, hidden: true },
    el('div', { class: 'prompt-text' }, title, hint),
    el('div', { class: 'prompt-actions' }, time, ...Object.values(buttons)), voice);
  /** The room of a pair that searched for a call, until it has called. */
  let offered = '';
  let state = '';
  let ticking = 0;

  function button(name, { kind = '', picture = '' }, click) {
    return el('button', { class: `button ${kind}`, type: 'button', 'data-testid': `call-${name}`, click },
      picture && icon(picture), texts.call[name]);
  }

  /** The room with a call in which this tab takes no part. */
  const stray = () => [...session.rooms.values()].find(log =>
    log.call && !log.over && !calls.hasLeft(log.call.callId) && (log.call.since || log.isOwn(log.call.byMemberId)));

  function show() {
    clearTimeout(ticking);
    const { line } = calls;
    if (line || !session.rooms.get(offered) || session.rooms.get(offered).over || session.rooms.get(offered).call) offered = '';
    const log = session.rooms.get(line?.roomId) ?? stray() ?? session.rooms.get(offered);
    const next = !log ? '' : line?.stage ?? (offered ? 'offered' : 'goesOn');
    const name = log?.title || texts.stranger;
    element.hidden = !log;
    if (voice.srcObject !== (line?.remote ?? null)) voice.srcObject = line?.remote ?? null;
    const said = log ? texts.call[next](name) : '';
    if (state !== next && said) announce(said);
    const hadFocus = element.contains(document.activeElement);
    state = element.dataset.state = next;
    setText(title, said);
    setText(hint, line?.isMuted ? texts.call.mutedHint : texts.call[`${next}Hint`] ?? '');

    const isOn = next === 'connecting' || next === 'talking';
    const shown = {
      offered: ['start', 'notNow'], ringing: ['accept', 'decline'], goesOn: ['takeUp', 'hangUp'], calling: ['hangUp'],
    }[next] ?? (isOn ? ['mute', 'hangUp'] : []);
    for (const [one, { hidden }] of Object.entries(buttons)) if (hidden === shown.includes(one)) buttons[one].hidden = !hidden;
    buttons.start.disabled = buttons.takeUp.disabled = !session.live;
    buttons.accept.disabled = !session.live || Boolean(line?.isAnswering);
    setText(muteLabel, line?.isMuted ? texts.call.unmute : texts.call.mute);
    setAttribute(buttons.mute, 'aria-pressed', String(Boolean(line?.isMuted)));
    const since = isOn ? log.call?.since ?? 0 : 0;
    time.hidden = !since;
    setText(time, since ? duration(Date.now() - since) : '');
    if (hadFocus && shown.length && document.activeElement?.closest('[hidden]')) buttons[shown.at(-1)].focus();
    if (since) ticking = setTimeout(show, 1000);
  }

  const unhook = [
    calls.on('change', show),
    calls.on('obstacle', obstacle => notices.show(texts.obstacles[obstacle], { kind: 'error' })),
    calls.on('refused', notices.refused),
    session.on('rooms', show),
    session.on('room', show),
    session.on('live', show),
    session.on('match', roomId => {
      if (session.rooms.get(roomId)?.mode === Mode.Voice) offered = roomId;
      show();
    }),
  ];
  return {
    element,
    close() {
      for (const off of unhook) off();
      clearTimeout(ticking);
    },
  };
}
