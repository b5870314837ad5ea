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

/**
 * The settings of this device, and the account.
 * @param {import('./chat.js').App} app
 * @returns {import('./chat.js').Page}
 */
export function createSettingsPage(app) {
  const { auth, notices, session } = app;
  const appearance = createAppearance();
  const blocks = createBlocks(app);
  const account = createAccount(app);
  const element = el('section', { class: 'page' },
    el('h1', { tabindex: -1 }, texts.settings),
    el('section', { class: 'card form', 'aria-labelledby': 'appearance-title' },
      el('h2', { id: 'appearance-title' }, texts.appearance), appearance.theme, appearance.language,
      el('p', {}, el('button', { class: 'button small', type: 'button', 'data-testid': 'show-shortcuts', click: openShortcuts }, texts.shortcuts))),
    blocks.element,
    account.element,
    el('button', { class: 'button', type: 'button', 'data-testid': 'log-out', click: logOut }, texts.logOut));

  async function logOut() {
    const pair = session.activePair;
    const lost = [pair && texts.logOutPair(pair.title || texts.stranger), session.hasUnsent && texts.logOutUnsent].filter(Boolean);
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
      try {
        await Promise.all([blocks.show(), account.show()]);
      } catch (refusal) {
        notices.refused(refusal);
      }
    },
  };
}
