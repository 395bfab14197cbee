/** The Python peer's own environment under `.runtime`, made with pip where Python 3 can; null where it cannot. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { RUNTIME_DIR } from '../setup/paths.ts';
import { say } from '../setup/report.ts';
import { run } from '../setup/run.ts';

const FOLDER = join(RUNTIME_DIR, 'bench', 'python');
const PYTHON = join(FOLDER, 'bin', 'python');
const PACKAGE = 'hl7==0.4.5';

/** The path of an interpreter that has the package. */
export async function pythonPeer(): Promise<string | null> {
  try {
    if (!existsSync(PYTHON)) await run('python3', ['-m', 'venv', FOLDER]);
    await run(PYTHON, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', PACKAGE]);
    return PYTHON;
  } catch (error) {
    say(
      `  the Python peer is absent: ${error instanceof Error ? error.message : 'it could not be installed'}`,
    );
    return null;
  }
}
