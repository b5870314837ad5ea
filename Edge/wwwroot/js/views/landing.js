import { el } from '../dom.js';
import { texts } from '../texts.js';
import { Limits } from '../wire.js';
import { field, form } from './forms.js';

/**
 * The page without a login.
 * @param {{ auth: import('../auth.js').Auth, entered: (isNew: boolean) => void }} parts
 */
export function createLanding({ auth, entered }) {
  const signUp = createSignUp();
  const logIn = createLogIn();
  const tabs = [
    el('button', { type: 'button', class: 'tab', 'data-testid': 'show-signup', click: () => show(signUp) }, texts.needAccount),
    el('button', { type: 'button', class: 'tab', 'data-testid': 'show-login', click: () => show(logIn) }, texts.haveAccount),
  ];

  function createSignUp() {
    const username = field({
      label: texts.username, hint: texts.usernameHint, 'data-testid': 'signup-username', required: true,
      autocomplete: 'username', autocapitalize: 'none', spellcheck: 'false', minlength: 3, maxlength: 20, pattern: '[A-Za-z0-9_]+',
    });
    const password = field({
      label: texts.password, hint: texts.passwordHint, 'data-testid': 'signup-password', required: true,
      type: 'password', autocomplete: 'new-password', minlength: 8, maxlength: 128,
    });
    const nickname = field({
      label: texts.nickname, hint: texts.nicknameHint, 'data-testid': 'signup-nickname', required: true,
      autocomplete: 'off', maxlength: Limits.nicknameLength,
    });
    return form({
      class: 'form', label: texts.signUp,
      async submit() {
        await auth.signUp(username.input.value, password.input.value, nickname.input.value.trim());
        entered(true);
      },
    }, nickname.element, username.element, password.element,
    el('button', { class: 'button primary wide', type: 'submit', 'data-testid': 'signup-submit' }, texts.signUp));
  }

  function createLogIn() {
    const username = field({
      label: texts.username, 'data-testid': 'login-username', required: true, autocomplete: 'username',
      autocapitalize: 'none', spellcheck: 'false',
    });
    const password = field({
      label: texts.password, 'data-testid': 'login-password', required: true, type: 'password',
      autocomplete: 'current-password',
    });
    return form({
      class: 'form', label: texts.logIn,
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
    focus();
  }

  function focus() {
    element.querySelector('form:not([hidden]) input').focus();
  }

  const element = el('main', { class: 'landing' },
    el('section', { class: 'hero' },
      el('p', { class: 'brand' }, el('img', { src: 'favicon.svg', alt: '', width: 40, height: 40 }), texts.name),
      el('h1', {}, texts.slogan),
      el('p', { class: 'lead' }, texts.about),
      el('ul', {}, ...texts.points.map(point => el('li', {}, point)))),
    el('section', { class: 'card' }, el('div', { class: 'tabs' }, ...tabs), signUp, logIn));
  show(signUp);
  return { element, focus };
}
