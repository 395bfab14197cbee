/** `npm run -s tool -- VERB …`: the toolbox, prepared quietly where a verb needs more than the dependencies. */
import { runToolbox } from '../../main/headless/toolbox/toolbox.ts';
import { ROOT } from '../setup/paths.ts';
import { setUpHeadless } from '../setup/set-up.ts';

process.exitCode = await runToolbox(process.argv.slice(2), ROOT, setUpHeadless);
