// node run.js "name of a scenario"   runs it against the edge at WEBCHAT_WEB and WEBCHAT_GRPC; exits with 1 if it fails
// node run.js --list                 prints the names
import './scenarios/auth.js';
import './scenarios/errors.js';
import './scenarios/http.js';
import './scenarios/match.js';
import './scenarios/openapi.js';
import './scenarios/sessions.js';
import './scenarios/talk.js';
import { scenarios } from './registry.js';
import { World } from './world.js';

const [name] = process.argv.slice(2);
if (name === '--list') {
  for (const known of scenarios.keys()) console.log(known);
} else {
  const run = scenarios.get(name);
  if (!run) throw new Error(`there is no scenario "${name}"`);
  const world = new World(process.env);
  const limit = setTimeout(() => {
    console.error(`"${name}" is still running after 40 s. What came and was not taken:\n${world.describe()}`);
    process.exit(1);
  }, 40_000);
  try {
    await run(world);
    await world.close();
  } catch (error) {
    console.error(`${error.stack}\nWhat came and was not taken:\n${world.describe()}`);
    await world.close().catch(second => console.error(second.message));
    process.exitCode = 1;
  }
  clearTimeout(limit);
}
