import { el, setText } from '../dom.js';
import { texts } from '../texts.js';
import { duration } from '../times.js';
import { PromptKind } from '../wire.js';

const LastRound = 2;

/**
 * The open prompt of a pair, by the room or by a member.
 * @param {{ session: import('../session.js').Session, notices: ReturnType<typeof import('./notices.js').createNotices>,
 * announce: (text: string) => void, changed: () => void }} parts `changed`: called when the room must be rendered again
 */
export function createPrompt({ session, notices, announce, changed }) {
  const question = el('p', { class: 'prompt-question', dir: 'auto' });
  const hint = el('p', { class: 'hint' });
  const left = el('p', { class: 'prompt-left', role: 'timer', 'data-testid': 'prompt-left' });
  const yes = el('button', { class: 'button primary', type: 'button', 'data-testid': 'prompt-yes', click: () => answer(true) }, texts.prompt.yes);
  const no = el('button', { class: 'button', type: 'button', 'data-testid': 'prompt-no', click: () => answer(false) }, texts.prompt.no);
  const element = el('section', { class: 'prompt', 'data-testid': 'prompt', 'aria-label': texts.prompt.label, hidden: true },
    el('div', { class: 'prompt-text' }, question, hint),
    el('div', { class: 'prompt-actions' }, left, yes, no));
  let roomId = '';
  let shown = null;
  let answering = '';
  let ticking = 0;

  async function answer(isYes) {
    const { promptId } = shown;
    answering = promptId;
    changed();
    try {
      await session.answer(roomId, promptId, isYes);
    } catch (refusal) {
      notices.refused(refusal);
    } finally {
      answering = '';
      changed();
    }
  }

  /** @param {import('../room-log.js').RoomLog | undefined} log */
  function show(log) {
    clearTimeout(ticking);
    const now = Date.now();
    const prompt = log?.promptAt(now) ?? null;
    element.hidden = !prompt;
    if (!prompt) {
      shown = null;
      return;
    }

    const name = log.title || texts.stranger;
    const hasAnswered = prompt.answeredBy.some(id => log.isOwn(id));
    const said = questionOf(log, prompt, name);
    if (shown?.promptId !== prompt.promptId) announce(said);
    shown = prompt;
    roomId = log.roomId;
    setText(question, said);
    setText(hint, hasAnswered ? texts.prompt.waiting(name) : hintOf(prompt));
    setText(left, texts.prompt.left(duration(prompt.closesAt - now + 999)));
    element.dataset.state = hasAnswered ? 'answered' : 'open';
    yes.hidden = no.hidden = hasAnswered;
    yes.disabled = no.disabled = !session.live || answering === prompt.promptId;
    ticking = setTimeout(changed, (prompt.closesAt - now) % 1000 || 1000);
  }

  return {
    element,
    show,
    leave() {
      clearTimeout(ticking);
      shown = null;
    },
  };
}

function questionOf(log, { kind, byMemberId }, name) {
  if (log.isOwn(byMemberId)) return texts.prompt.asking(name);
  if (byMemberId) return texts.prompt.asked(name);
  return kind === PromptKind.Keep ? texts.prompt.keep(name) : texts.prompt.like(name);
}

function hintOf({ kind, round, byMemberId }) {
  if (byMemberId) return texts.prompt.askedHint;
  if (round >= LastRound) return texts.prompt.lastRound;
  return kind === PromptKind.Keep ? texts.prompt.keepHint : texts.prompt.likeHint;
}
