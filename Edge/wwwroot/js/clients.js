// In this order: later ones call themselves by the earlier ones' names, too.
const Browsers = [['Edge', /Edg/], ['Opera', /OPR\//], ['Firefox', /Firefox\//], ['Chrome', /Chrome\//], ['Safari', /Safari\//]];
const Systems = [['Windows', /Windows/], ['Android', /Android/], ['iOS', /iPhone|iPad/], ['macOS', /Mac OS X/], ['Linux', /Linux/]];

/**
 * A readable name for a client.
 * @param {string} userAgent
 * @returns {string} such as “Firefox, Linux”; an unknown user agent is returned as it is
 */
export function clientName(userAgent) {
  const found = [Browsers, Systems].map(names => names.find(([, mark]) => mark.test(userAgent))?.[0]);
  return found[0] ? found.filter(Boolean).join(', ') : userAgent;
}
