/** The Python environment of the trainer: 6 GB that a workstation does not need, so it is used where somebody made it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { RUNTIME_DIR } from './paths.ts';

const VARIABLE = 'MEDOBSMIND_TRAINER_PYTHON';

/** How it is made; told where it is missing. */
export const TRAINER_SET_UP = `python3.11 -m venv .runtime/trainer && .runtime/trainer/bin/pip install -r resources/trainer/requirements-test.txt (or set ${VARIABLE})`;

/** The interpreter; null where there is no environment. */
export function trainerPython(): string | null {
  const python = process.env[VARIABLE] ?? join(RUNTIME_DIR, 'trainer', 'bin', 'python');
  return existsSync(python) ? python : null;
}
