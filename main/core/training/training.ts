/** Trainings on hosts: the calls about them, and those that are followed while the program runs. */
import { readdir, rm } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { type Outcome, ok, refused } from '../../../app/contract/outcome.ts';
import type { PersonView } from '../../../app/contract/views.ts';
import { dataSetManifestSchema } from '../../../app/learning/data-set.ts';
import { hasEnded, seen } from '../../../app/learning/training/attempt.ts';
import type { TrainingConfiguration } from '../../../app/learning/training/configuration.ts';
import { secondsOf } from '../../../app/learning/training/cost.ts';
import { type HostSecrets, hostSecretsSchema } from '../../../app/learning/training/host.ts';
import type { HostReport } from '../../../app/learning/training/host-report.ts';
import { progressOf } from '../../../app/learning/training/progress.ts';
import type { Clock, Ids } from '../clock.ts';
import { newToken } from '../http/access-token.ts';
import {
  insertDataSetAct,
  type KeptDataSet,
  readApproval,
  readDataSets,
  whyItStays,
} from '../learning/learning-tables.ts';
import { type Log, reasonOf } from '../log.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Reader, Store } from '../store/database.ts';
import type { CommandHandlers, QueryHandlers } from '../terminal/calls.ts';
import { checkHost } from './check-host.ts';
import { type Follower, type FollowPorts, followRun } from './follow-run.ts';
import { connectHost } from './host-connection.ts';
import { type HostTrouble, troubleOf } from './host-trouble.ts';
import { createLocalRay } from './local-ray.ts';
import { createRayJobs } from './ray-jobs.ts';
import { hostKeyOf } from './ssh-connection.ts';
import { keepPackage, packTraining, type TrainingPackage } from './training-package.ts';
import {
  insertAttempt,
  insertRun,
  type KeptHost,
  type KeptRun,
  readAttempts,
  readEvents,
  readHosts,
  readRun,
  readRuns,
  retireHost,
  saveHost,
  setArtefacts,
  updateAttempt,
} from './training-tables.ts';
import { runView } from './training-views.ts';

export interface TrainingPorts {
  readonly store: Store;
  readonly sealing: Sealing;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
  readonly people: () => readonly PersonView[];
  readonly userDataDir: string;
  readonly resourcesDir: string;
  readonly modelsDir: string;
}

type CommandNames =
  | 'training-host.save'
  | 'training-host.remove'
  | 'training.begin'
  | 'training.stop'
  | 'training.resume'
  | 'training.fetch';
type QueryNames = 'training.state' | 'training.preview' | 'training-host.key' | 'training-host.check';

export interface Training {
  readonly commands: Pick<CommandHandlers, CommandNames>;
  readonly queries: Pick<QueryHandlers, QueryNames>;
  /** Follows on what was under way when the program ended. */
  begin(): void;
  close(): Promise<void>;
}

const SECRETS = 'training_hosts.secrets';
const NO_SECRETS: HostSecrets = { token: '', privateKey: null, passphrase: null };

export function createTraining(ports: TrainingPorts): Training {
  const { store, sealing, clock, ids, log } = ports;
  const folder = join(ports.userDataDir, 'learning');
  const packagesDir = join(folder, 'packages');
  const trialDir = join(folder, 'trial');
  const trialRuns = join(trialDir, 'runs');
  const localRay = createLocalRay(trialDir);
  const followers = new Map<string, Follower>();
  const troubles = new Map<string, HostTrouble>();
  let packing = false;
  let closed = false;

  const secretsOf = ({ secrets }: KeptHost): HostSecrets =>
    hostSecretsSchema.parse(JSON.parse(sealing.openText(SECRETS, secrets)));
  const findHost = (id: string): KeptHost | null =>
    readHosts(store.read).find((host) => host.id === id) ?? null;
  const findDataSet = (read: Reader, id: string): KeptDataSet | null =>
    readDataSets(read).find((dataSet) => dataSet.id === id) ?? null;
  const artefactsOf = (runId: string): string => join(folder, 'adapters', runId);

  const follow: FollowPorts = {
    store,
    clock,
    log,
    hostOf: (run) => {
      const kept = findHost(run.hostId);
      if (kept === null) throw new Error('the host is not in the record');
      return { host: kept.host, secrets: secretsOf(kept) };
    },
    localPort: localRay.port,
    runFolder: (run) => posix.join(findHost(run.hostId)?.host.runsFolder ?? trialRuns, run.id),
    packagesDir,
    artefactsDir: join(folder, 'adapters'),
    onTrouble: (runId, trouble) => {
      if (trouble === null) troubles.delete(runId);
      else troubles.set(runId, trouble);
    },
    onChange: () => undefined,
  };

  /** Follows the run, or wakes who follows it. */
  function attend(runId: string): void {
    const follower = followers.get(runId);
    if (follower !== undefined) {
      follower.poke();
      return;
    }
    const begun = followRun(runId, follow);
    followers.set(runId, begun);
    void begun.ended.then(() => {
      followers.delete(runId);
      // Asked for while the last was just ending.
      const run = closed ? null : readRun(store.read, runId);
      if (run !== null && isActive(run) && troubles.get(runId)?.code !== 'internal') attend(runId);
    });
  }

  function isActive(run: KeptRun): boolean {
    const attempt = readAttempts(store.read, run.id).at(-1);
    if (attempt === undefined) return false;
    return attempt.phase === 'finished' ? run.artefacts === 'none' : !hasEnded(attempt);
  }

  /** A data set that may leave, or why not: approved as it was looked at, and nobody in it has withdrawn. */
  function mayLeave(read: Reader, id: string, sha256: string | null): Outcome<KeptDataSet> {
    const dataSet = findDataSet(read, id);
    if (dataSet === null) return refused('not-found', { what: 'data-set' });
    if (sha256 !== null && dataSet.sha256 !== sha256) return refused('changed-meanwhile');
    if (readApproval(read, id) === null)
      return refused('not-allowed-now', { reason: 'data-set-not-approved' });
    const stays = whyItStays(read, id);
    if (stays !== null) return refused('not-allowed-now', { reason: stays });
    return ok(dataSet);
  }

  function pack(
    dataSet: KeptDataSet,
    configuration: TrainingConfiguration,
  ): Promise<Outcome<TrainingPackage>> {
    const parts = { dataSet: join(folder, dataSet.id), dataSetSha256: dataSet.sha256, configuration };
    return packTraining({ ...parts, resourcesDir: ports.resourcesDir });
  }

  /** Packs and keeps what goes, one at a time: a package is held in memory. */
  async function prepare(
    dataSet: KeptDataSet,
    configuration: TrainingConfiguration,
  ): Promise<Outcome<string>> {
    if (packing) return refused('busy');
    packing = true;
    try {
      const packed = await pack(dataSet, configuration);
      if (!packed.ok) return packed;
      await keepPackage(packagesDir, packed.value);
      return ok(packed.value.name);
    } catch (error) {
      log('error', 'training-not-packed', { reason: reasonOf(error) });
      const full = troubleOf(error).code === 'disk-full';
      return refused(full ? 'storage-full' : 'storage-unavailable', { reason: 'folder-not-written' });
    } finally {
      packing = false;
    }
  }

  const commands: Training['commands'] = {
    'training-host.save': ({ id, host, secrets }, call) => {
      const before = id === null ? null : findHost(id);
      if (id !== null && before === null) return refused('not-found', { what: 'training-host' });
      const own = host.reach.kind === 'here' ? { token: newToken() } : {};
      const kept = before === null ? { ...NO_SECRETS, ...own } : secretsOf(before);
      // Secrets go to the host that they were given for, and to no other.
      const moved = before !== null && placeOf(before) !== placeOf({ host });
      const joined = hostSecretsSchema.safeParse({ ...(moved ? NO_SECRETS : kept), ...given(secrets) });
      if (!joined.success) return refused('invalid-request', { field: 'secrets' });
      if (needsKey(host) && joined.data.privateKey === null)
        return refused('invalid-request', { field: 'privateKey' });
      if (host.reach.kind !== 'here' && host.runsFolder === null)
        return refused('invalid-request', { field: 'runsFolder' });
      const hostId = id ?? ids.next();
      const sealed = sealing.seal(SECRETS, JSON.stringify(joined.data));
      const done = call.commit(hostId, { name: host.name, reach: host.reach.kind }, (write) => {
        saveHost(write, { id: hostId, host, secrets: sealed }, clock.wall(), call.person.id);
        return ok({ id: hostId });
      });
      if (done.ok)
        for (const run of readRuns(store.read)) if (run.hostId === hostId) followers.get(run.id)?.poke();
      return done;
    },
    'training-host.remove': async ({ id }, call) => {
      const kept = findHost(id);
      if (kept === null || kept.retired) return refused('not-found', { what: 'training-host' });
      if (readRuns(store.read).some((run) => run.hostId === id && isActive(run)))
        return refused('not-allowed-now', { reason: 'training-under-way' });
      const done = call.commit(id, {}, (write) => {
        retireHost(write, id, clock.wall());
        return ok({});
      });
      if (done.ok && kept.host.reach.kind === 'here') await localRay.stop();
      return done;
    },
    'training.begin': async ({ hostId, dataSetId, configuration, sha256, ceiling }, call) => {
      const kept = findHost(hostId);
      if (kept === null || kept.retired) return refused('not-found', { what: 'training-host' });
      const dataSet = mayLeave(store.read, dataSetId, sha256);
      if (!dataSet.ok) return dataSet;
      const name = await prepare(dataSet.value, configuration);
      if (!name.ok) return name;
      const runId = ids.next();
      const done = call.commit(runId, { dataSet: dataSetId, host: kept.host.name }, (write) => {
        // Looked at once more: somebody may have withdrawn while it was packed.
        const still = mayLeave(write, dataSetId, sha256);
        if (!still.ok) return still;
        insertRun(write, {
          id: runId,
          hostId,
          dataSetId,
          dataSetSha256: sha256,
          configuration,
          madeMs: clock.wall(),
          madeBy: call.person.id,
          price: kept.host.price,
          ceiling,
          artefacts: 'none',
          refusal: null,
        });
        insertAttempt(write, { id: attemptId(), runId, number: 1, package: name.value }, clock.wall());
        insertDataSetAct(write, dataSetId, 'exported', clock.wall(), call.person.id);
        return ok({ id: runId });
      });
      if (done.ok) attend(runId);
      return done;
    },
    'training.stop': ({ id }, call) => {
      const done = call.commit(id, {}, (write) => {
        const attempt = readAttempts(write, id).at(-1);
        if (attempt === undefined) return refused('not-found', { what: 'training' });
        if (hasEnded(attempt)) return refused('not-allowed-now', { reason: 'training-over' });
        const asked = seen(attempt, { kind: 'stop-asked', atMs: clock.wall() });
        const stopAskedBy = attempt.stopAskedMs === null ? call.person.id : attempt.stopAskedBy;
        updateAttempt(write, { ...attempt, ...asked, stopAskedBy });
        return ok({});
      });
      if (done.ok) attend(id);
      return done;
    },
    'training.resume': async ({ id, ceiling }, call) => {
      const run = readRun(store.read, id);
      if (run === null) return refused('not-found', { what: 'training' });
      const dataSet = mayLeave(store.read, run.dataSetId, run.dataSetSha256);
      if (!dataSet.ok) return dataSet;
      const name = await prepare(dataSet.value, run.configuration);
      if (!name.ok) return name;
      const done = call.commit(id, { ceiling }, (write) => {
        const last = readAttempts(write, id).at(-1);
        if (last === undefined || !hasEnded(last) || last.phase === 'finished')
          return refused('not-allowed-now', { reason: 'training-under-way' });
        write.run('UPDATE training_runs SET ceiling = ? WHERE id = ?', ceiling, id);
        const number = last.number + 1;
        insertAttempt(write, { id: attemptId(), runId: id, number, package: name.value }, clock.wall());
        return ok({});
      });
      if (done.ok) attend(id);
      return done;
    },
    'training.fetch': ({ id }, call) => {
      const done = call.commit(id, {}, (write) => {
        const run = readRun(write, id);
        if (run === null) return refused('not-found', { what: 'training' });
        if (run.artefacts !== 'refused') return refused('not-allowed-now', { reason: 'nothing-refused' });
        setArtefacts(write, id, null);
        return ok({});
      });
      if (done.ok) attend(id);
      return done;
    },
  };

  /** As Ray knows it: letters that no shell and no path changes. */
  function attemptId(): string {
    return `medobsmind-${ids.next()}`;
  }

  const queries: Training['queries'] = {
    'training.state': () => {
      const runs = readRuns(store.read);
      const hosts = readHosts(store.read);
      const nameOf = (id: string): string => ports.people().find((person) => person.id === id)?.name ?? id;
      return ok({
        modelsFolder: ports.modelsDir,
        hosts: hosts
          .filter(({ retired }) => !retired)
          .map((kept) => ({
            id: kept.id,
            host: kept.host,
            hasKey: secretsOf(kept).privateKey !== null,
            active: runs.filter((run) => run.hostId === kept.id && isActive(run)).length,
          })),
        runs: runs.map((run) =>
          runView(run, {
            read: store.read,
            nowMs: clock.wall(),
            hostName: hosts.find(({ id }) => id === run.hostId)?.host.name ?? '',
            personName: nameOf,
            trouble: troubles.get(run.id) ?? null,
            folder: artefactsOf(run.id),
          }),
        ),
      });
    },
    'training.preview': async ({ hostId, dataSetId, configuration }) => {
      const kept = findHost(hostId);
      if (kept === null) return refused('not-found', { what: 'training-host' });
      const dataSet = findDataSet(store.read, dataSetId);
      if (dataSet === null) return refused('not-found', { what: 'data-set' });
      if (packing) return refused('busy');
      packing = true;
      try {
        const packed = await pack(dataSet, configuration);
        if (!packed.ok) return packed;
        const { counts } = dataSetManifestSchema.parse(JSON.parse(dataSet.manifest));
        const seconds = forecastOf(kept.id, configuration, counts.train);
        return ok({
          files: [...packed.value.files],
          bytes: packed.value.bytes.length,
          examples: counts.train,
          forecast: seconds === null ? null : { seconds, cost: (seconds / 3600) * kept.host.price.anHour },
        });
      } finally {
        packing = false;
      }
    },
    'training-host.key': async ({ host, port }) => {
      try {
        return ok({ hostKey: await hostKeyOf(host, port), trouble: null });
      } catch (error) {
        return ok({ hostKey: null, trouble: told(error) });
      }
    },
    'training-host.check': async ({ id }) => {
      const kept = findHost(id);
      if (kept === null) return refused('not-found', { what: 'training-host' });
      try {
        return ok({ ...(await lookAt(kept)), trouble: null });
      } catch (error) {
        return ok({ version: null, report: null, trouble: told(error) });
      }
    },
  };

  async function lookAt(kept: KeptHost): Promise<{ version: string; report: HostReport }> {
    const secrets = secretsOf(kept);
    const { reach } = kept.host;
    const connection = await connectHost(kept.host, secrets, () =>
      localRay.port(reach.kind === 'here' ? reach.python : '', secrets.token),
    );
    try {
      const { token } = secrets;
      const jobs = createRayJobs(connection.ray, token);
      const { version } = await jobs.meet();
      const { resourcesDir } = ports;
      const id = `medobsmind-check-${ids.next()}`;
      const report = await checkHost({
        jobs,
        ray: connection.ray,
        token,
        resourcesDir,
        folder: kept.host.runsFolder ?? trialRuns,
        id,
      });
      return { version, report };
    } finally {
      connection.close();
    }
  }

  /** By the newest run on that host whose base and length were the same. */
  function forecastOf(hostId: string, configuration: TrainingConfiguration, examples: number): number | null {
    const { base, training } = configuration;
    for (const run of readRuns(store.read)) {
      const same =
        run.hostId === hostId &&
        JSON.stringify(run.configuration.base) === JSON.stringify(base) &&
        run.configuration.training.length === training.length;
      const { finished, newest } = same
        ? progressOf(readEvents(store.read, run.id))
        : { finished: null, newest: null };
      const each = finished?.secondsAnExample ?? newest?.secondsAnExample;
      if (each !== undefined) return secondsOf(examples, training.epochs, each);
    }
    return null;
  }

  return {
    commands,
    queries,
    begin: () => {
      // The ward is open already, and no training that cannot be read may close it.
      try {
        for (const run of readRuns(store.read)) if (isActive(run)) attend(run.id);
      } catch (error) {
        log('error', 'trainings-not-followed', { reason: reasonOf(error) });
      }
      void dropPackages().catch((error) => log('warn', 'packages-not-dropped', { reason: reasonOf(error) }));
    },
    close: async () => {
      closed = true;
      for (const follower of followers.values()) follower.stop();
      await Promise.all([...followers.values()].map(({ ended }) => ended));
    },
  };

  /** Packages whose attempt has ended while nobody was there to drop them. */
  async function dropPackages(): Promise<void> {
    const wanted = new Set(
      readRuns(store.read).flatMap((run) =>
        readAttempts(store.read, run.id).flatMap((attempt) => (hasEnded(attempt) ? [] : [attempt.package])),
      ),
    );
    const names = await readdir(packagesDir).catch(() => []);
    for (const name of names) if (!wanted.has(name)) await rm(join(packagesDir, name), { force: true });
  }
}

function told(error: unknown): { code: HostTrouble['code']; found: string } {
  const { code, found } = troubleOf(error);
  return { code, found };
}

/** Where secrets would go. */
function placeOf({ host }: Pick<KeptHost, 'host'>): string {
  const { reach } = host;
  const ssh = reach.kind === 'here' ? null : reach.ssh;
  const place = reach.kind === 'tls' ? `${reach.host}:${reach.port}:${reach.certificate}` : reach.kind;
  return JSON.stringify([place, ssh?.host ?? null, ssh?.port ?? null, ssh?.hostKey ?? null]);
}

function needsKey({ reach }: KeptHost['host']): boolean {
  return reach.kind !== 'here' && reach.ssh?.identity === 'key';
}

/** Without what was not given. */
function given(secrets: { [key: string]: string | null | undefined }): { [key: string]: string | null } {
  return Object.fromEntries(
    Object.entries(secrets).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
