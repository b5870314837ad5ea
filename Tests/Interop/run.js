// Runs scenarios against the edge at WEBCHAT_WEB and WEBCHAT_GRPC. Prints their names as a JSON array. Then runs each scenario
// whose name it reads, a line each, and prints PASSED, or what went wrong and FAILED.
//
//   echo 'A cancelled search is not matched' | node run.js
import { createInterface } from 'node:readline';
import './scenarios/auth.js';
import './scenarios/errors.js';
import './scenarios/http.js';
import './scenarios/match.js';
import './scenarios/openapi.js';
import './scenarios/sessions.js';
import './scenarios/talk.js';
import { scenarios } from './registry.js';
import { World } from './world.js';

console.log(JSON.stringify([...scenarios.keys()]));
for await (const name of createInterface({ input: process.stdin })) console.log(await passes(name) ? 'PASSED' : 'FAILED');

async function passes(name) {
  const world = new World(process.env);
  const limit = setTimeout(() => {
    console.log(`"${name}" is still running after 40 s. What came and was not taken:\n${world.describe()}\nFAILED`);
    process.exit(1);
  }, 40_000);
  let isDone = false;
  try {
    const run = scenarios.get(name);
    if (!run) throw new Error(`there is no scenario "${name}"`);
    await run(world);
    isDone = true;
  } catch (error) {
    console.log(`${error.stack}\nWhat came and was not taken:\n${world.describe()}`);
  }
  try {
    await world.close();
    return isDone;
  } catch (error) {
    console.log(error.stack);
    return false;
  } finally {
    clearTimeout(limit);
  }
}
