/** Taking adapters in: from a folder that somebody names, and from what was fetched, after every file was checked. */
import { copyFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AdaptableEngine, EnginePort } from '../../../app/contract/engine.ts';
import { type Outcome, ok, refused } from '../../../app/contract/outcome.ts';
import { ADAPTER_GGUF_FILE } from '../../../app/learning/training/adapter-manifest.ts';
import type { Clock } from '../clock.ts';
import { type Log, reasonOf } from '../log.ts';
import type { Store, Writer } from '../store/database.ts';
import type { CommandHandlers } from '../terminal/calls.ts';
import {
  insertAct,
  insertAdapter,
  insertSignature,
  readActs,
  readRelease,
  writeStatement,
} from './adapters-tables.ts';
import {
  ADAPTER_MANIFEST_FILE,
  baseHeaderOf,
  type CheckedFolder,
  checkAdapterFolder,
  type FolderProblem,
} from './check-folder.ts';
import { type AdapterRegistry, SYSTEM } from './registry.ts';
import { problemOfRelease } from './signing.ts';

/** Folders that were fetched are looked for so often. Ours. */
const LOOK_MS = 20_000;

export interface TakeInPorts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly engine: EnginePort | AdaptableEngine;
  readonly registry: AdapterRegistry;
  /** Where the engine reads adapters. */
  readonly home: string;
  /** Folders below it are taken in when they fit. */
  readonly fetched: string;
  readonly modelsDir: string;
}

export interface TakeIn {
  readonly commands: Pick<CommandHandlers, 'adapter.import'>;
  /** Takes in at once what was fetched since it last looked. */
  look(): Promise<void>;
  /** Folders that were fetched and could not be taken in, and why. */
  refused(): { folder: string; reason: string; file: string }[];
  /** Looks now, and again and again. */
  begin(): void;
  close(): void;
}

/** A model derived from Llama 3 must be called so: its licence says it. */
function versionOf({ id, manifest }: CheckedFolder): string {
  const licenceName = /llama-?3/iu.test(manifest.base.name) ? 'Llama 3 ' : '';
  return `${licenceName}dsquaremedicalmodel ${manifest.dataSet.id.slice(0, 12)}-${id.slice(0, 8)}`;
}

export function createTakeIn(ports: TakeInPorts): TakeIn {
  const { store, clock, log, engine, registry, home, fetched } = ports;
  const taken = new Set<string>();
  let refusedFolders: { folder: string; reason: string; file: string }[] = [];
  let looking: NodeJS.Timeout | null = null;

  async function check(folder: string): ReturnType<typeof checkAdapterFolder> {
    const { model } = engine.status();
    const used = readActs(store.read).flatMap(({ act }) => (act.act === 'promoted' ? [act.adapter] : []));
    const highest = Math.max(0, ...used.map((id) => readRelease(store.read, id)?.statement.sequence ?? 0));
    return checkAdapterFolder(folder, {
      baseSha256: model === null || model.sha256 === '' ? null : model.sha256,
      baseHeader: model === null ? null : await baseHeaderOf(ports.modelsDir, model.file),
      releaseProblem: (release, adapter, manifest) =>
        problemOfRelease(store.read, release, adapter, manifest, highest),
    });
  }

  /** Copies what was checked to where the engine will read it. */
  async function bring(folder: string, { id, manifestText }: CheckedFolder): Promise<void> {
    const unfinished = join(home, `${id}.part`);
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { recursive: true, mode: 0o700 });
    await copyFile(join(folder, ADAPTER_GGUF_FILE), join(unfinished, ADAPTER_GGUF_FILE));
    await writeFile(join(unfinished, ADAPTER_MANIFEST_FILE), manifestText, { mode: 0o600 });
    await rm(join(home, id), { recursive: true, force: true });
    await rename(unfinished, join(home, id));
  }

  function record(write: Writer, checked: CheckedFolder, by: string): boolean {
    if (registry.find(checked.id) !== null) return false;
    insertAdapter(write, {
      id: checked.id,
      version: versionOf(checked),
      stagedMs: clock.wall(),
      stagedBy: by,
      bytes: checked.bytes,
      manifest: checked.manifestText,
    });
    insertAct(write, { atMs: clock.wall(), by, act: { act: 'staged', adapter: checked.id } });
    const { release } = checked;
    if (release !== null) {
      writeStatement(write, checked.id, release.statement);
      for (const { role, key, signature } of release.signatures)
        insertSignature(write, checked.id, {
          role,
          keyId: key,
          signature: Buffer.from(signature, 'base64'),
          atMs: clock.wall(),
        });
    }
    return true;
  }

  async function lookForFetched(): Promise<void> {
    const names = await readdir(fetched).catch((): string[] => []);
    refusedFolders = refusedFolders.filter(({ folder }) => names.includes(folder));
    // While the model is read nothing can be said of what fits it.
    if (engine.status().model === null) return;
    for (const name of names) {
      if (taken.has(name) || refusedFolders.some(({ folder }) => folder === name)) continue;
      const folder = join(fetched, name);
      const checked = await check(folder);
      // Its manifest comes last: until then it is being fetched.
      if (!checked.ok && checked.problem === 'no-manifest') continue;
      if (!checked.ok) {
        refusedFolders.push({ folder: name, reason: checked.problem, file: checked.file });
        log('warn', 'adapter-refused', { folder: name, reason: checked.problem, file: checked.file });
        continue;
      }
      taken.add(name);
      if (registry.find(checked.value.id) !== null) continue;
      await bring(folder, checked.value);
      store.transaction((write) => record(write, checked.value, SYSTEM));
      registry.tell();
    }
  }
  function look(): void {
    lookForFetched().catch((error) => log('error', 'adapters-not-looked-for', { reason: reasonOf(error) }));
  }

  return {
    look: lookForFetched,
    refused: () => refusedFolders,
    begin() {
      looking = setInterval(look, LOOK_MS);
      look();
    },
    close() {
      if (looking !== null) clearInterval(looking);
    },
    commands: {
      'adapter.import': async ({ folder }, call) => {
        if (engine.status().model === null) return problemOf('no-model', '');
        const checked = await check(folder);
        if (!checked.ok) return problemOf(checked.problem, checked.file);
        if (registry.find(checked.value.id) !== null)
          return refused('not-allowed-now', { reason: 'adapter-known' });
        try {
          await bring(folder, checked.value);
        } catch (error) {
          log('error', 'adapter-not-brought', { reason: reasonOf(error) });
          return refused('storage-unavailable', { reason: 'folder-not-written' });
        }
        const { id } = checked.value;
        return call.commit(id, { bytes: checked.value.bytes }, (write) =>
          record(write, checked.value, call.person.id)
            ? ok({ id })
            : refused('not-allowed-now', { reason: 'adapter-known' }),
        );
      },
    },
  };
}

/** A refused folder, in codes that `app/language` has words for. */
function problemOf(problem: FolderProblem | 'no-model', file: string): Outcome<never> {
  return refused('adapter-refused', { reason: problem, file });
}
