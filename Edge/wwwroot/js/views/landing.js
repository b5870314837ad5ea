import { missingForSearch } from '../ages.js';
import { el } from '../dom.js';
import { texts } from '../texts.js';
import { createLogInName, takesName } from './log-in-name.js';
import { field, form } from './forms.js';
import { createAppearance } from './settings.js';
import { createYou } from './you.js';

/**
 * The page without a login.
 * @param {{ auth: import('../webchat-client.js').Auth, notices: ReturnType<typeof import('./notices.js').createNotices>,
 *   entered: (then: 'searches' | 'fillsIn' | '') => void }} parts
 */
export function createLanding({ auth, notices, entered }) {
  const ways = [
    { name: 'guest', label: texts.startNow, element: createGuest() },
    { name: 'signup', label: texts.signUp, element: createSignUp() },
    { name: 'login', label: texts.logIn, element: createLogIn() },
  ];
  const tabs = ways.map(way => el('button', { type: 'button', class: 'tab', 'data-testid': `show-${way.name}`, click: () => show(way) }, way.label));

  function createGuest() {
    const { nickname, birthDate, gender } = createYou('guest', { required: true });
    const isTooYoung = () => missingForSearch({ birthDate: birthDate.input.value }).includes('adult');
    const adult = { ...birthDate, check: () => birthDate.check() || (isTooYoung() ? texts.invalid.adult : '') };
    return form({
      class: 'form', label: texts.startNow, fields: [nickname, adult, gender],
      async submit() {
        await auth.startAsGuest({ nickname: nickname.input.value.trim(), birthDate: birthDate.input.value, gender: gender.values[0] });
        entered('searches');
      },
    }, nickname.element, birthDate.element, gender.element,
    el('p', { class: 'hint' }, texts.guestHint),
    el('button', { class: 'button primary wide', type: 'submit', 'data-testid': 'guest-submit' }, texts.searchStart));
  }

  function createSignUp() {
    const { nickname } = createYou('signup');
    const { username, password } = createLogInName('signup');
    return form({
      class: 'form', label: texts.signUp, fields: [nickname, username, password],
      async submit() {
        if (await takesName(username, auth.signUp(username.input.value, password.input.value, nickname.input.value.trim()))) entered('fillsIn');
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
        entered('');
      },
    }, username.element, password.element,
    el('button', { class: 'button primary wide', type: 'submit', 'data-testid': 'login-submit' }, texts.logIn));
  }

  function show(shown) {
    for (const [place, way] of ways.entries()) {
      way.element.hidden = way !== shown;
      tabs[place].setAttribute('aria-pressed', way === shown);
    }
    document.title = texts.titled(shown.label);
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
    el('section', { class: 'card', 'aria-label': ways.map(({ label }) => label).join(' / ') },
      el('div', { class: 'tabs' }, ...tabs), ...ways.map(way => way.element)),
    el('div', { class: 'landing-language' }, createAppearance().language)));
  show(ways[0]);
  return { element, focus };
}
