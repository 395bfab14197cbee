/** `npm run -s tool -- VERB …`: the toolbox, prepared quietly where a verb needs more than the dependencies. */
import { runToolbox } from '../../main/headless/toolbox/toolbox.ts';
import { ROOT } from '../setup/paths.ts';

process.exitCode = await runToolbox(process.argv.slice(2), ROOT, async () => {
  // Loaded where a verb uses the model: set-up knows the bundler, and most verbs need neither.
  const { setUpHeadless } = await import('../setup/set-up.ts');
  await setUpHeadless();
});
