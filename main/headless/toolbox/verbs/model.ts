import { join } from 'node:path';
import { ADAPTER_GGUF_FILE } from '../../../../app/learning/training/adapter-manifest.ts';
import { type Catalog, type CatalogEntry, catalogEntry, readCatalog } from '../../../engine/catalog.ts';
import { fetchModel, importModel } from '../../../engine/model-fetch.ts';
import { verifyModelFile } from '../../../engine/model-file.ts';
import { smokeLoadInChild } from '../../engine.ts';
import { isFolder, verifyAdapterFolder } from '../adapter-folder.ts';
import { writeLine } from '../json-lines.ts';
import { UsageError, type Verb, type VerbContext } from '../verb.ts';

const ACTIONS = ['list', 'fetch', 'import', 'verify', 'admit'] as const;

export const model: Verb = {
  summary: 'list, fetch, import, verify or admit the models of the catalogue',
  help: 'model list | fetch [NAME] | import FILE-OR-FOLDER [--name NAME] | verify [NAME] | admit [NAME]\nfetch brings a model here and checks its hash; import takes it from a folder or a stick; verify checks the file that is here; admit loads it in a separate process and measures it.\nverify and admit also take a FOLDER with a trained adapter: its files, its base, its signatures (by the keys of --user-data-dir), and how it runs here. --name names its base.',
  options: { name: { type: 'string' }, 'user-data-dir': { type: 'string' } },
  async run(context) {
    const [action, ...rest] = context.files;
    if (!ACTIONS.some((known) => known === action))
      throw new UsageError(`model needs one of: ${ACTIONS.join(', ')}.`);
    const folder = join(context.root, 'models');
    const catalog = await readCatalog(join(folder, 'catalog.json'));
    if (action === 'list') {
      for (const entry of catalog.models) await writeLine({ ...entry, here: await here(entry, folder) });
      return 0;
    }
    const [given] = rest;
    const isAdapter = (action === 'verify' || action === 'admit') && isFolder(given);
    const entry = chosen(context, catalog, action === 'import' || isAdapter ? undefined : given);
    if (isAdapter) return adapterIn(context, given, entry, action === 'admit');
    if (action === 'verify') return verify(entry, folder);
    if (action === 'admit') return admit(entry, folder);
    return bring(entry, folder, action === 'import' ? rest[0] : null);
  },
};

function chosen(context: VerbContext, catalog: Catalog, named: string | undefined): CatalogEntry {
  const name = named ?? (typeof context.options.name === 'string' ? context.options.name : null);
  const entry = catalogEntry(catalog, name);
  if (entry === null)
    throw new UsageError(
      `The catalogue has no model "${name}". Known: ${catalog.models.map((known) => known.name).join(', ')}.`,
    );
  return entry;
}

async function here(entry: CatalogEntry, folder: string): Promise<string> {
  const verdict = await verifyModelFile(join(folder, entry.file), entry, null);
  return verdict.ok ? 'verified' : verdict.reason;
}

async function verify(entry: CatalogEntry, folder: string): Promise<number> {
  const verdict = await verifyModelFile(join(folder, entry.file), entry, null);
  await writeLine({ name: entry.name, file: entry.file, ...verdict });
  return verdict.ok ? 0 : 1;
}

/** An adapter's files, and with `load` what the smoke load of its base with it says. */
async function adapterIn(
  context: VerbContext,
  folder: string,
  base: CatalogEntry,
  load: boolean,
): Promise<number> {
  const answer = await verifyAdapterFolder(context, folder, base);
  if (!answer.ok || !load) {
    await writeLine(answer);
    return answer.ok ? 0 : 1;
  }
  const file = join(context.root, 'models', base.file);
  const verdict = await verifyModelFile(file, base, null);
  if (!verdict.ok) {
    await writeLine({ ...answer, ...verdict });
    return 1;
  }
  const pinned = { ...base, sha256: verdict.sha256 };
  const admission = await smokeLoadInChild(file, pinned, join(folder, ADAPTER_GGUF_FILE));
  await writeLine({ ...answer, admission });
  return admission.verdict === 'refused' ? 1 : 0;
}

async function admit(entry: CatalogEntry, folder: string): Promise<number> {
  const file = join(folder, entry.file);
  const verdict = await verifyModelFile(file, entry, null);
  if (!verdict.ok) {
    await writeLine({ name: entry.name, file: entry.file, ...verdict });
    return 1;
  }
  const admission = await smokeLoadInChild(file, { ...entry, sha256: verdict.sha256 });
  await writeLine({ name: entry.name, file: entry.file, sha256: verdict.sha256, admission });
  return admission.verdict === 'refused' ? 1 : 0;
}

async function bring(entry: CatalogEntry, folder: string, from: string | null | undefined): Promise<number> {
  if (from === undefined) throw new UsageError('model import needs a file or a folder.');
  const cancel = new AbortController();
  process.once('SIGINT', () => cancel.abort());
  let last = 0;
  const options = {
    folder,
    signal: cancel.signal,
    progress(detail: string) {
      if (Date.now() - last < 1000) return;
      last = Date.now();
      process.stderr.write(`${detail}\n`);
    },
  };
  const outcome = from === null ? await fetchModel(entry, options) : await importModel(entry, from, options);
  await writeLine({ name: entry.name, ...outcome });
  return outcome.ok ? 0 : 1;
}
