/** A core in a process of its own, for tests that kill it. Arguments: the user data folder. Says its port and goes on. */
import { startCore } from './running-core.ts';

const [userDataDir = ''] = process.argv.slice(2);
const { port } = await startCore(userDataDir);
process.stdout.write(`${port}\n`);
