import { el } from '../dom.js';
import { texts } from '../texts.js';
import { ErrorCode, Limits } from '../wire.js';
import { field, form } from './forms.js';
import { createAppearance } from './settings.js';

/**
 * The page without a login.
 * @param {{ auth: import('../auth.js').Auth, notices: ReturnType<typeof import('./notices.js').createNotices>,
 *   entered: (isNew: boolean) => void }} parts
 */
export function createLanding({ auth, notices, entered }) {
  const signUp = createSignUp();
  const logIn = createLogIn();
  const tabs = [
    el('button', { type: 'button', class: 'tab', 'data-testid': 'show-signup', click: () => show(signUp) }, texts.needAccount),
    el('button', { type: 'button', class: 'tab', 'data-testid': 'show-login', click: () => show(logIn) }, texts.haveAccount),
  ];

  function createSignUp() {
    const username = field({
      label: texts.username, hint: texts.usernameHint, name: 'username', 'data-testid': 'signup-username', required: true,
      autocomplete: 'username', autocapitalize: 'none', spellcheck: 'false', rule: { pattern: /^\w{3,20}$/, why: texts.usernameRule },
    });
    const password = field({
      label: texts.password, hint: texts.passwordHint, name: 'password', 'data-testid': 'signup-password', required: true,
      type: 'password', autocomplete: 'new-password', least: Limits.passwordLeast, most: Limits.passwordMost,
    });
    const nickname = field({
      label: texts.nickname, hint: texts.nicknameHint, name: 'nickname', 'data-testid': 'signup-nickname', required: true,
      autocomplete: 'off', most: Limits.nicknameLength,
    });
    return form({
      class: 'form', label: texts.signUp, fields: [nickname, username, password],
      async submit() {
        try {
          await auth.signUp(username.input.value, password.input.value, nickname.input.value.trim());
        } catch (refusal) {
          if (refusal.code !== ErrorCode.AlreadyExists) throw refusal;
          return username.fail(texts.usernameTaken);
        }
        entered(true);
      },
    }, nickname.element, username.element, password.element,
    el('button', { class: 'button primary wide', type: 'submit', 'data-testid': 'signup-submit' }, texts.signUp));
  }

  function createLogIn() {
    const username = field({
      label: texts.username, name: 'username', 'data-testid': 'login-username', required: true, autocomplete: 'username',
      autocapitalize: 'none', spellcheck: 'false',
    });
    const password = field({
      label: texts.password, name: 'password', 'data-testid': 'login-password', required: true, type: 'password',
      autocomplete: 'current-password',
    });
    return form({
      class: 'form', label: texts.logIn, fields: [username, password],
      async submit() {
        await auth.logIn(username.input.value, password.input.value);
        entered(false);
      },
    }, username.element, password.element,
    el('button', { class: 'button primary wide', type: 'submit', 'data-testid': 'login-submit' }, texts.logIn));
  }

  function show(shown) {
    signUp.hidden = shown !== signUp;
    logIn.hidden = shown !== logIn;
    tabs[0].setAttribute('aria-pressed', shown === signUp);
    tabs[1].setAttribute('aria-pressed', shown === logIn);
    document.title = texts.titled(shown === signUp ? texts.signUp : texts.logIn);
    focus();
  }

  function focus() {
    element.querySelector('form:not([hidden]) input').focus();
  }

  const element = el('div', { class: 'landing-frame' }, notices.element, el('main', { class: 'landing' },
    el('section', { class: 'hero' },
      el('p', { class: 'brand' }, el('img', { src: 'favicon.svg', alt: '', width: 40, height: 40 }), texts.name),
      el('h1', {}, texts.slogan),
      el('p', { class: 'lead' }, texts.about),
      el('ul', {}, ...texts.points.map(point => el('li', {}, point)))),
    el('section', { class: 'card', 'aria-label': `${texts.signUp} / ${texts.logIn}` }, el('div', { class: 'tabs' }, ...tabs), signUp, logIn),
    el('div', { class: 'landing-language' }, createAppearance().language)));
  show(signUp);
  return { element, focus };
}
