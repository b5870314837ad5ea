import { el } from '../dom.js';
import { applyTheme, changeSettings, settings } from '../settings.js';
import { PageLanguages, texts } from '../texts.js';
import { createAccount } from './account.js';
import { createBlocks } from './blocks.js';
import { confirm } from './confirm.js';
import { choice } from './forms.js';
import { openShortcuts } from './shortcuts.js';

/** The choices of theme and language. */
export function createAppearance() {
  const theme = choice({ legend: texts.theme, type: 'radio', choices: texts.themes, testId: 'theme' });
  const language = choice({
    legend: texts.language, type: 'radio', choices: { '': texts.browserLanguage, ...PageLanguages }, testId: 'language',
  });
  theme.values = [settings().theme];
  language.values = [settings().language];
  theme.element.addEventListener('change', () => {
    changeSettings({ theme: theme.values[0] });
    applyTheme();
  });
  language.element.addEventListener('change', () => {
    changeSettings({ language: language.values[0] });
    location.reload(); // the texts do not change while the page is open
  });
  return { theme: theme.element, language: language.element };
}

/** The choices of notifications and sounds. @param {import('./chat.js').App} app */
function createAlertChoices({ notifications }) {
  const fields = Object.entries({ notifications: texts.notifications, sounds: texts.sounds }).map(([name, legend]) => {
    const field = choice({ legend, type: 'checkbox', choices: texts.alertKinds, testId: name });
    field.values = settings()[name];
    field.element.addEventListener('change', () => {
      changeSettings({ [name]: field.values });
      void notifications.subscribe();
    });
    return field.element;
  });
  const allow = el('button', { class: 'button small', type: 'button', 'data-testid': 'allow-alerts', click: async () => {
    await notifications.ask();
    show();
  } }, texts.allowAlerts);
  const denied = el('p', { class: 'hint' }, texts.alertsDenied);

  function show() {
    allow.hidden = notifications.permission !== 'default';
    denied.hidden = notifications.permission !== 'denied';
  }

  const element = el('section', { class: 'card form', 'aria-labelledby': 'alerts-title' },
    el('h2', { id: 'alerts-title' }, texts.alerts), el('p', { class: 'hint' }, texts.alertsHint), ...fields, allow, denied);
  return { element, show };
}

/**
 * The settings of this device, and the account.
 * @param {import('./chat.js').App} app
 * @returns {import('./chat.js').Page}
 */
export function createSettingsPage(app) {
  const { auth, client, notices, session } = app;
  const appearance = createAppearance();
  const alerts = createAlertChoices(app);
  const blocks = createBlocks(app);
  const account = createAccount(app);
  const element = el('section', { class: 'page' },
    el('h1', { tabindex: -1 }, texts.settings),
    el('section', { class: 'card form', 'aria-labelledby': 'appearance-title' },
      el('h2', { id: 'appearance-title' }, texts.appearance), appearance.theme, appearance.language,
      el('p', {}, el('button', { class: 'button small', type: 'button', 'data-testid': 'show-shortcuts', click: openShortcuts }, texts.shortcuts))),
    alerts.element,
    blocks.element,
    account.element,
    el('button', { class: 'button', type: 'button', 'data-testid': 'log-out', click: logOut }, texts.logOut));

  async function logOut() {
    const pair = session.activePair;
    const lost = [pair && texts.logOutPair(pair.title || texts.stranger), client.outgoing().length > 0 && texts.logOutUnsent,
      auth.isGuest && texts.logOutGuest].filter(Boolean);
    if (lost.length && !await confirm({ question: texts.logOutQuestion, consequence: lost.join(' '), yes: texts.logOut })) return;
    try {
      await auth.logOut();
    } catch (refusal) {
      notices.refused(refusal); // the login is ended here all the same
    }
  }

  return {
    element,
    title: texts.settings,
    async enter() {
      alerts.show();
      try {
        await Promise.all([blocks.show(), account.show()]);
      } catch (refusal) {
        notices.refused(refusal);
      }
    },
  };
}
