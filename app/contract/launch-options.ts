/** The options that the window, `--headless` and the relauncher share. One reader, so that they mean the same. */

export interface LaunchOptions {
  /** Folder of the ward's record; null means the system's place for this program. */
  readonly userDataDir: string | null;
  /** Port of the monitors' listener; 0 takes any free one; null leaves the ward's setting. */
  readonly mllpPort: number | null;
  /** A table of vitals to play as a demonstration after the start. */
  readonly replay: string | null;
  readonly headless: boolean;
  /** Everything but the engine. Set by the relauncher after two crashes in a row. */
  readonly safeMode: boolean;
  /** A GGUF file to use in place of the catalogue's default. */
  readonly model: string | null;
  /** Holds the passphrase that seals the data key, for machines without a keystore. */
  readonly passphraseFile: string | null;
  /** Makes the engine misbehave, for tests; refused by a packaged program. */
  readonly fault: 'engine-hang' | 'engine-crash' | null;
}

export type LaunchOptionsOutcome =
  | { readonly ok: true; readonly options: LaunchOptions }
  /** What is wrong with the options, in English: it is read on a command line. */
  | { readonly ok: false; readonly problem: string };

/** Exit status of a wrong command line: starting again would print the same complaint for ever. */
export const EXIT_WRONG_USAGE = 2;
/** Exit status where starting again changes nothing: the record is open elsewhere, is newer, or its key is not here. */
export const EXIT_CANNOT_START = 3;

const WITH_VALUE = ['user-data-dir', 'mllp-port', 'replay', 'model', 'passphrase-file', 'fault'] as const;
const FLAGS = ['headless', 'safe-mode'] as const;

/** What `--help` prints: every option that a person types. `--safe-mode` is here too: IT may want the ward without its engine. */
export const LAUNCH_HELP = `npm start -- [option…]

  --user-data-dir DIR      folder of the ward's record (default: the system's place for this program)
  --mllp-port N            port of the monitors' listener, 0 for any free one (default: the ward's setting, 2575)
  --replay FILE            plays a table of vitals (CSV) as a demonstration, marked on every screen
  --passphrase-file FILE   holds the passphrase that seals the record's key, for machines without a keystore
  --model FILE             a GGUF file in place of the catalogue's default
  --headless               intake, scores, alerts and the model without a window
  --safe-mode              everything but explanations
  --help                   these lines

Each may be written --name value or --name=value. The status is 0 after an ordinary end, 2 for a wrong option,
3 where the record cannot be opened (open elsewhere, newer than this program, its key is not here).
`;

/**
 * Reads options of the form `--name value` or `--name=value`. Options of other programs (Chromium's switches in
 * the same list) are passed over when `strict` is false, and named as a problem when it is true.
 */
export function readLaunchOptions(words: readonly string[], strict: boolean): LaunchOptionsOutcome {
  const values = new Map<string, string>();
  const flags = new Set<string>();
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? '';
    const match = /^--([a-z-]+)(?:=(.*))?$/s.exec(word);
    const name = match?.[1];
    if (name !== undefined && includes(WITH_VALUE, name)) {
      const value = match?.[2] ?? words[++index];
      if (value === undefined || value === '') return { ok: false, problem: `--${name} needs a value.` };
      values.set(name, value);
    } else if (name !== undefined && includes(FLAGS, name) && match?.[2] === undefined) flags.add(name);
    else if (strict) return { ok: false, problem: `Unknown option: ${word}` };
  }
  const port = values.get('mllp-port');
  if (port !== undefined && !/^\d{1,5}$/.test(port))
    return { ok: false, problem: '--mllp-port needs a number.' };
  if (port !== undefined && Number(port) > 65_535)
    return { ok: false, problem: '--mllp-port is at most 65535.' };
  const fault = values.get('fault') ?? null;
  if (fault !== null && fault !== 'engine-hang' && fault !== 'engine-crash')
    return { ok: false, problem: '--fault is engine-hang or engine-crash.' };
  return {
    ok: true,
    options: {
      userDataDir: values.get('user-data-dir') ?? null,
      mllpPort: port === undefined ? null : Number(port),
      replay: values.get('replay') ?? null,
      headless: flags.has('headless'),
      safeMode: flags.has('safe-mode'),
      model: values.get('model') ?? null,
      passphraseFile: values.get('passphrase-file') ?? null,
      fault,
    },
  };
}

function includes(list: readonly string[], name: string): boolean {
  return list.includes(name);
}

/**
 * The system's place for this program's record, as Electron chooses it: every process must mean the same folder.
 * `environment` is the process's own; `platform` is Node's word for the system.
 */
export function defaultUserDataDir(
  platform: string,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  const home = environment.HOME ?? environment.USERPROFILE ?? '.';
  if (platform === 'win32') return `${environment.APPDATA ?? `${home}\\AppData\\Roaming`}\\MedObsMind`;
  if (platform === 'darwin') return `${home}/Library/Application Support/MedObsMind`;
  return `${environment.XDG_CONFIG_HOME ?? `${home}/.config`}/MedObsMind`;
}
