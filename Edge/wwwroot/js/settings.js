const Key = 'webchat.settings';

/** What the user may be told of while looking elsewhere. */
export const AlertKinds = Object.freeze(['message', 'match', 'prompt', 'call']);

/**
 * What the user has chosen on this device.
 * @typedef {{ language: string, theme: string, notifications: string[], sounds: string[], isAsked: boolean }} Settings
 *   `language`: empty for the browser's; `theme`: empty for the system's; `notifications`, `sounds`: some of {@link AlertKinds};
 *   `isAsked`: whether the page has asked for the permission to notify
 */

/** @type {Settings} */
const Defaults = { language: '', theme: '', notifications: AlertKinds, sounds: AlertKinds, isAsked: false };

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
