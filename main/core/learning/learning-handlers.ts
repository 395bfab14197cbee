/** The calls about data sets: consent, building, looking, approving, letting leave. */
import { copyFile, mkdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type DataSetView, learningQueries as learningShapes } from '../../../app/contract/calls/learning.ts';
import { type Outcome, ok, refused } from '../../../app/contract/outcome.ts';
import type { PersonView } from '../../../app/contract/views.ts';
import { dataSetManifestSchema } from '../../../app/learning/data-set.ts';
import { type Clock, type Ids, isoTime } from '../clock.ts';
import { type Log, reasonOf } from '../log.ts';
import { readCorrections } from '../review/review-acts.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { RunRecordJob } from '../storage/run-record-job.ts';
import type { Store, Writer } from '../store/database.ts';
import type { CommandHandlers, QueryHandlers } from '../terminal/calls.ts';
import { BALANCE_FILE, MANIFEST_FILE, PREVIEW_FILE } from './data-set-job.ts';
import {
  countWithdrawn,
  giveRandomId,
  insertConsent,
  insertDataSet,
  insertDataSetAct,
  type KeptDataSet,
  knowsPatient,
  readApproval,
  readConsent,
  readDataSets,
  whyItStays,
} from './learning-tables.ts';

export interface LearningPorts {
  readonly store: Store;
  readonly sealing: Sealing;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly run: RunRecordJob;
  readonly people: () => readonly PersonView[];
  readonly userDataDir: string;
  readonly nativeBinding: string | null;
  readonly program: { readonly version: string };
}

type LearningCommands = 'consent.record' | 'data-set.build' | 'data-set.approve' | 'data-set.export';

export interface LearningCalls {
  /** Writes an approved data set, whole or not at all, into a folder of its own below this one. */
  writeOut(id: string, folder: string): Promise<Outcome<{ folder: string; files: number }>>;
  /** It has left this machine. */
  noteSent(write: Writer, id: string, by: string): void;
  readonly commands: Pick<CommandHandlers, LearningCommands>;
  readonly queries: Pick<QueryHandlers, 'consent.of' | 'data-set.state' | 'data-set.preview'>;
}

const balanceSchema = learningShapes['data-set.state'].result.shape.dataSets.element.shape.balance;
const previewRow = learningShapes['data-set.preview'].result.shape.rows.element;

/** The handlers share whether a data set is being built: one at a time. */
export function createLearning(ports: LearningPorts): LearningCalls {
  const { store, clock, ids, log } = ports;
  let building = false;
  let problem: string | null = null;
  const folderOf = (id: string): string => join(ports.userDataDir, 'learning', id);
  const find = (id: string): KeptDataSet | null =>
    readDataSets(store.read).find((dataSet) => dataSet.id === id) ?? null;

  async function build(seed: number, synthetic: number, by: string): Promise<void> {
    const id = ids.next();
    const { userDataDir, nativeBinding } = ports;
    const program = ports.program.version;
    const out = folderOf(id);
    const answer = await ports.run({
      kind: 'data-set',
      userDataDir,
      nativeBinding,
      id,
      out,
      seed,
      synthetic,
      program,
      // Opened here: the thread has no key.
      corrections: [...readCorrections(store.read, ports.sealing)],
    });
    if (answer.kind !== 'data-set') throw new Error(answer.kind === 'failed' ? answer.detail : answer.kind);
    const { sha256, manifest, subjects, acts } = answer.result;
    store.transaction((write) =>
      insertDataSet(write, { id, builtMs: clock.wall(), builtBy: by, sha256, manifest }, subjects, acts),
    );
  }

  async function writeOut(id: string, folder: string): Promise<Outcome<{ folder: string; files: number }>> {
    const dataSet = find(id);
    if (dataSet === null) return refused('not-found', { what: 'data-set' });
    if (readApproval(store.read, id) === null)
      return refused('not-allowed-now', { reason: 'data-set-not-approved' });
    const stays = whyItStays(store.read, id);
    if (stays !== null) return refused('not-allowed-now', { reason: stays });
    const names = dataSetManifestSchema.parse(JSON.parse(dataSet.manifest)).files.map(({ name }) => name);
    const copied = await copyWhole(folderOf(id), join(folder, id), [...names, MANIFEST_FILE]);
    return copied.ok ? ok({ folder: join(folder, id), files: names.length + 1 }) : copied;
  }
  function noteSent(write: Writer, id: string, by: string): void {
    insertDataSetAct(write, id, 'exported', clock.wall(), by);
  }

  return {
    writeOut,
    noteSent,
    commands: {
      'consent.record': ({ patientId, given }, call) =>
        call.commit(patientId, { given }, (write) => {
          if (!knowsPatient(write, patientId)) return refused('not-found', { what: 'patient' });
          if (given) giveRandomId(write, patientId, ids.next(), clock.wall());
          insertConsent(write, patientId, given ? 'given' : 'withdrawn', clock.wall(), call.person.id);
          return ok({});
        }),
      'data-set.build': ({ seed, synthetic }, call) => {
        if (building) return refused('busy');
        const begun = call.commit(null, { seed, synthetic }, () => ok({}));
        if (!begun.ok) return begun;
        building = true;
        problem = null;
        void build(seed, synthetic, call.person.id)
          .catch((error) => {
            problem = reasonOf(error);
            log('error', 'data-set-not-built', { reason: problem });
          })
          .finally(() => {
            building = false;
          });
        return begun;
      },
      'data-set.approve': ({ id, sha256 }, call) =>
        call.commit(id, { sha256 }, (write) => {
          const dataSet = find(id);
          if (dataSet === null) return refused('not-found', { what: 'data-set' });
          // Approved is what was looked at, and nothing that another build put in its place.
          if (dataSet.sha256 !== sha256) return refused('changed-meanwhile');
          const stays = whyItStays(write, id);
          if (stays !== null) return refused('not-allowed-now', { reason: stays });
          insertDataSetAct(write, id, 'approved', clock.wall(), call.person.id);
          return ok({});
        }),
      'data-set.export': async ({ id, folder }, call) => {
        const out = await writeOut(id, folder);
        if (!out.ok) return out;
        return call.commit(id, { files: out.value.files - 1 }, (write) => {
          noteSent(write, id, call.person.id);
          return ok(out.value);
        });
      },
    },
    queries: {
      'consent.of': ({ patientId }) => {
        if (!knowsPatient(store.read, patientId)) return refused('not-found', { what: 'patient' });
        const last = readConsent(store.read, patientId);
        return ok(
          last === null
            ? null
            : { given: last.act === 'given', at: isoTime(last.at_ms), by: nameOf(last.by) },
        );
      },
      'data-set.state': async () => {
        const dataSets: DataSetView[] = [];
        for (const dataSet of readDataSets(store.read)) dataSets.push(await viewOf(dataSet));
        return ok({ building, problem, dataSets });
      },
      'data-set.preview': async ({ id, from, most }) => {
        if (find(id) === null) return refused('not-found', { what: 'data-set' });
        const lines = await linesOf(join(folderOf(id), PREVIEW_FILE));
        const rows = lines.slice(from, from + most).map((line) => previewRow.parse(JSON.parse(line)));
        return ok({ rows, more: from + rows.length < lines.length });
      },
    },
  };

  async function viewOf(dataSet: KeptDataSet): Promise<DataSetView> {
    const manifest = dataSetManifestSchema.parse(JSON.parse(dataSet.manifest));
    const folder = folderOf(dataSet.id);
    const approval = readApproval(store.read, dataSet.id);
    return {
      id: dataSet.id,
      builtAt: isoTime(dataSet.builtMs),
      builtBy: nameOf(dataSet.builtBy),
      sha256: dataSet.sha256,
      examples: manifest.examples,
      counts: manifest.counts,
      rejected: Object.entries(manifest.rejected).map(([name, count]) => ({ name, count })),
      repeated: manifest.repeated,
      preview: (await linesOf(join(folder, PREVIEW_FILE))).length,
      balance: balanceSchema.parse(JSON.parse(await readFile(join(folder, BALANCE_FILE), 'utf8'))),
      approvedAt: approval === null ? null : isoTime(approval.atMs),
      approvedBy: approval === null ? null : nameOf(approval.by),
      withdrawn: countWithdrawn(store.read, dataSet.id),
    };
  }
  function nameOf(id: string): string {
    return ports.people().find((person) => person.id === id)?.name ?? id;
  }
}

async function linesOf(file: string): Promise<string[]> {
  return (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '');
}

/** Copies all of the files or leaves none: a half-written data set is never found under its name. */
async function copyWhole(from: string, to: string, names: readonly string[]): Promise<Outcome<null>> {
  const unfinished = `${to}.part`;
  try {
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(unfinished, { recursive: true });
    for (const name of names) await copyFile(join(from, name), join(unfinished, name));
    await rm(to, { recursive: true, force: true });
    await rename(unfinished, to);
    return ok(null);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true }).catch(() => undefined);
    const code = z.object({ code: z.string() }).safeParse(error);
    const full = code.success && code.data.code === 'ENOSPC';
    return refused(full ? 'storage-full' : 'storage-unavailable', { reason: 'folder-not-written' });
  }
}
