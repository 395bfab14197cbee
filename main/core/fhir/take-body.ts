/** A posted body: read, committed with its answer worked out, and told of to whoever counts. */
import { type FhirEntry, type FhirFile, isObservation, readFhirFile } from '../../../app/import/fhir.ts';
import { type Moment, momentOf } from '../clock.ts';
import type { FeedNote } from '../feeds/feed-hours.ts';
import type { HttpAnswer } from '../http/http-server.ts';
import type { CommitQueue } from '../intake/commit-queue.ts';
import { createMessageBodies, type MessageBodies } from '../intake/message-bodies.ts';
import type { MessageState } from '../intake/message-counts.ts';
import type { MessagePorts } from '../intake/prepare-message.ts';
import { type Log, reasonOf } from '../log.ts';
import type { Writer } from '../store/database.ts';
import type { WardDraft } from '../ward/draft.ts';
import { bundleAnswer, entryAnswer, refusal, transactionRefused } from './answers.ts';
import { type Committed, commitEntry, type EntryOutcome } from './commit-entry.ts';
import { FHIR_SENDER, prepareEntry } from './entry.ts';

export interface TakePorts extends MessagePorts {
  readonly queue: CommitQueue;
  readonly log: Log;
  /** Once it is committed. */
  readonly noteFeed: (note: FeedNote) => void;
  readonly messageMoved: (from: MessageState | null, to: MessageState) => void;
  readonly counted: (outcome: EntryOutcome) => void;
}

/** Entries of a Bundle; a transaction is one commit, and nobody waits long for its end. Ours. */
const MOST_ENTRIES = 1_000;
const MOST_IN_TRANSACTION = 200;
/** Nesting of a resource; R4's deepest has about ten levels. Ours. */
const DEEPEST = 64;
const BUNDLE_TYPES = ['collection', 'batch', 'transaction'];

/** What one entry came to, with the name that its sender is counted under. */
interface Done extends Committed {
  readonly device: string;
}

/** Carries the outcomes out of what is undone. */
class Undone extends Error {
  readonly all: readonly Done[];
  constructor(all: readonly Done[]) {
    super('undone');
    this.all = all;
  }
}

/**
 * Never rejects: where the store fails the answer says so, and whether anything was kept. A transaction is kept as a
 * whole or not at all; of any other Bundle each entry is, and all of it may be sent again.
 */
export async function takeBody(ports: TakePorts, bytes: Uint8Array): Promise<HttpAnswer> {
  const text = textOf(bytes);
  if (text === null) return refusal(400, 'invalid', 'not-utf-8');
  if (isTooDeep(text)) return refusal(400, 'invalid', 'too-deep');
  if (!isJson(text)) return refusal(400, 'invalid', 'no-json');
  const file = readFhirFile(text);
  if (file === null) return refusal(422, 'not-supported', 'not-a-resource');
  const { bundleType, entries } = file;
  if (bundleType !== null && !BUNDLE_TYPES.includes(bundleType))
    return refusal(422, 'not-supported', 'bundle-type');
  const [first] = entries;
  if (first === undefined) return refusal(422, 'invalid', 'empty');
  const isTransaction = bundleType === 'transaction';
  if (entries.length > (isTransaction ? MOST_IN_TRANSACTION : MOST_ENTRIES))
    return refusal(413, 'too-long', 'too-many-entries');
  const received = momentOf(ports.clock);
  try {
    if (isTransaction) return await takeTransaction(ports, file, received);
    // All of them at once: those of one turn share a commit.
    const done = await Promise.allSettled(entries.map((entry) => takeAlone(ports, file, entry, received)));
    const all = done.flatMap((one) => (one.status === 'fulfilled' ? [one.value.outcome] : []));
    const failure = done.find((one) => one.status === 'rejected');
    if (failure !== undefined) return notKept(ports, failure.reason, all);
    const [only] = all;
    if (bundleType === null && only !== undefined) return entryAnswer(only);
    return bundleAnswer('batch-response', all);
  } catch (error) {
    return notKept(ports, error, []);
  }
}

/** Where the store fails; `stored`: the entries that it had taken all the same. */
function notKept({ log }: TakePorts, error: unknown, stored: readonly EntryOutcome[]): HttpAnswer {
  log('error', 'fhir-not-kept', { reason: reasonOf(error) });
  const isStored = stored.some(({ kind }) => ['taken', 'held', 'withdrawn'].includes(kind));
  const reason = isStored ? 'partly-stored' : 'storage-unavailable';
  return refusal(503, 'transient', reason, { 'retry-after': '10' });
}

async function takeAlone(
  ports: TakePorts,
  file: FhirFile,
  entry: FhirEntry,
  received: Moment,
): Promise<Done> {
  const work = workOf(ports, file, entry, received);
  const done = typeof work === 'function' ? await ports.queue.submit(work) : work;
  tell(ports, done, received);
  return done;
}

async function takeTransaction(ports: TakePorts, file: FhirFile, received: Moment): Promise<HttpAnswer> {
  const works = file.entries.map((entry) => workOf(ports, file, entry, received));
  const all = await ports.queue.submit((write, draft, bodies): readonly Done[] => {
    const doAll = (into: MessageBodies): Done[] =>
      works.map((work) => (typeof work === 'function' ? work(write, draft, into) : work));
    // Tried behind a savepoint first: a refusal is an answer, and no failure of the commit that others share.
    const tried = undone(write, draft, () => doAll(createMessageBodies(ports.sealing, received.wallMs)));
    return tried.some(({ outcome }) => isRefused(outcome)) ? tried : doAll(bodies);
  });
  const refused = all.filter(({ outcome }) => isRefused(outcome));
  for (const done of refused.length > 0 ? refused : all) tell(ports, done, received);
  return refused.length > 0
    ? transactionRefused(all.map(({ outcome }, index) => [index + 1, outcome]))
    : bundleAnswer(
        'transaction-response',
        all.map(({ outcome }) => outcome),
      );
}

/** What `work` comes to, with everything that it changed undone. */
function undone(write: Writer, draft: WardDraft, work: () => readonly Done[]): readonly Done[] {
  try {
    return draft.attempt(() =>
      write.attempt(() => {
        throw new Undone(work());
      }),
    );
  } catch (error) {
    if (error instanceof Undone) return error.all;
    throw error;
  }
}

type Work = (...given: Parameters<Parameters<CommitQueue['submit']>[0]>) => Done;

/** What is to be done in the transaction, or what the entry has come to without one. */
function workOf(ports: TakePorts, { patients }: FhirFile, entry: FhirEntry, received: Moment): Work | Done {
  const without = (kind: EntryOutcome['kind'], reasons: EntryOutcome['reasons']): Done => ({
    outcome: { kind, reasons },
    moves: [],
    taken: 0,
    device: FHIR_SENDER,
  });
  if (entry.isUnreadable) return without('refused', [{ reason: 'entry-not-understood', code: '' }]);
  if (entry.method !== undefined && entry.method !== 'POST')
    return without('refused', [{ reason: 'method-not-served', code: '' }]);
  if (isPatient(entry.resource)) return without('informed', []);
  if (!isObservation(entry.resource)) return without('refused', [{ reason: 'not-an-observation', code: '' }]);
  const result = prepareEntry(ports.sealing, entry, patients, received);
  if (!result.ok) return without('refused', result.reasons);
  return (write, draft, bodies) => ({
    ...commitEntry(ports, write, draft, bodies, result.entry),
    device: result.entry.device,
  });
}

function tell(ports: TakePorts, { outcome, moves, taken, device }: Done, received: Moment): void {
  for (const { from, to } of moves) ports.messageMoved(from, to);
  ports.counted(outcome);
  if (outcome.kind === 'informed' || outcome.kind === 'known') return;
  ports.noteFeed({
    device,
    receivedMs: received.wallMs,
    outcome: isRefused(outcome) ? 'refused' : outcome.kind === 'held' ? 'held' : 'accepted',
    taken,
    reasons: outcome.reasons.map(({ reason }) => reason),
  });
}

function isRefused({ kind }: EntryOutcome): boolean {
  return kind === 'refused' || kind === 'conflict';
}

function isPatient(resource: unknown): boolean {
  return (
    typeof resource === 'object' &&
    resource !== null &&
    'resourceType' in resource &&
    resource.resourceType === 'Patient'
  );
}

function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null; // not UTF-8
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false; // no JSON
  }
}

/** Told before it is parsed: what comes after goes down level by level. */
function isTooDeep(text: string): boolean {
  let depth = 0;
  let isText = false;
  for (let at = 0; at < text.length; at += 1) {
    const letter = text.charCodeAt(at);
    if (isText) {
      if (letter === 0x5c) at += 1;
      else if (letter === 0x22) isText = false;
    } else if (letter === 0x22) isText = true;
    else if (letter === 0x7b || letter === 0x5b) {
      depth += 1;
      if (depth > DEEPEST) return true;
    } else if (letter === 0x7d || letter === 0x5d) depth -= 1;
  }
  return false;
}
