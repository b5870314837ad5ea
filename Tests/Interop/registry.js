/** By name: what is to be shown. */
export const scenarios = new Map();

/** States a behaviour and how to show it. The name is that of the xunit test that runs it. */
export function scenario(name, run) {
  if (scenarios.has(name)) throw new Error(`two scenarios are named "${name}"`);
  scenarios.set(name, run);
}
