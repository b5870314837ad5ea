const Key = 'webchat.settings';

/** What the user has chosen on this device. @typedef {{ language: string, theme: string }} Settings */

/** @type {Settings} `language`: empty for the browser's; `theme`: empty for the system's */
const Defaults = { language: '', theme: '' };

/** @returns {Settings} */
export function settings() {
  return { ...Defaults, ...JSON.parse(globalThis.localStorage?.getItem(Key) ?? '{}') };
}

/** @param {Partial<Settings>} changed */
export function changeSettings(changed) {
  localStorage.setItem(Key, JSON.stringify({ ...settings(), ...changed }));
}

/** Shows the page in the chosen theme. */
export function applyTheme() {
  document.documentElement.dataset.theme = settings().theme;
  const ground = getComputedStyle(document.documentElement).getPropertyValue('background-color');
  document.querySelector('meta[name=theme-color]').content = ground;
}
