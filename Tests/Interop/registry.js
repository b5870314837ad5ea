/** The scenarios by name. */
export const scenarios = new Map();

/** Registers a scenario. Its name is that of the xunit test that runs it. */
export function scenario(name, run) {
  if (scenarios.has(name)) throw new Error(`two scenarios are named "${name}"`);
  scenarios.set(name, run);
}
