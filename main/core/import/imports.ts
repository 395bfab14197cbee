/**
 * Imports under way: a file is kept in memory, tried, and taken in runs of rows with a pause between them, so that
 * monitors and people never wait for it. A run commits with whatever else is due, and only then counts.
 */
import type { ImportPreview, ImportState } from '../../../app/contract/calls/imports.ts';
import { readCsv } from '../../../app/import/csv.ts';
import { type FhirFile, readFhirEntries, readFhirFile } from '../../../app/import/fhir.ts';
import {
  EMPTY_ACCOUNT,
  type ImportAccount,
  type ImportReading,
  type SetOutcome,
  verdictsOf,
  withVerdicts,
} from '../../../app/import/row.ts';
import { markOf, readRun, runsOf, type TableProblem, tableProblem } from '../../../app/import/table-rows.ts';
import type { SiteZone } from '../../../app/observation/hl7/time.ts';
import type { VitalValues } from '../../../app/observation/vital.ts';
import { type ColumnMap, columnsOf } from '../../../app/replay/columns.ts';
import type { DecimalMark } from '../../../app/replay/decimal.ts';
import type { TableRecord } from '../../../app/replay/table.ts';
import { type Clock, type Ids, momentOf } from '../clock.ts';
import type { CommitQueue } from '../intake/commit-queue.ts';
import { type Log, reasonOf } from '../log.ts';
import type { Sealing } from '../sealing/sealing.ts';
import type { Store } from '../store/database.ts';
import { type ImportKind, type ImportRunState, updateImport } from './imports-table.ts';
import { type JudgeOptions, judge, take } from './judge.ts';

/** Rows of one commit, and the pause after it. Ours: a few milliseconds' work, and then others have their turn. */
const ROWS_IN_ONE = 40;
const PAUSE_MS = 15;
/** A file that nobody goes on with is forgotten. */
const KEPT_MS = 10 * 60_000;
const MOST_OPEN = 4;
const PROBLEMS_SHOWN = 300;
const SAMPLES = 3;

type Content =
  | { readonly kind: 'csv'; readonly records: readonly TableRecord[] }
  | { readonly kind: 'fhir'; readonly file: FhirFile };

export interface TryOptions {
  readonly columns: ColumnMap;
  readonly zone: SiteZone;
  readonly patientId: string | null;
  /** How the table writes decimals; null: as its values tell. */
  readonly mark: DecimalMark | null;
}

interface Open {
  readonly id: string;
  readonly name: string;
  readonly content: Content;
  readonly timer: NodeJS.Timeout;
  tried: TryOptions | null;
  state: ImportState;
  stopping: boolean;
}

export interface Imports {
  open(name: string, text: string): ImportPreview | 'empty' | 'not-understood' | 'too-many';
  /** What stands against a dry run now; null where it has begun. */
  attempt(id: string, options: TryOptions, by: string): 'not-found' | 'busy' | TableProblem | null;
  /** The file of an import that was tried and may be taken now. */
  ready(id: string): { readonly name: string; readonly kind: ImportKind } | 'not-found' | 'not-tried';
  commit(id: string, by: string): void;
  state(id: string): ImportState | null;
  close(id: string): void;
  closeAll(): void;
}

export function createImports(ports: {
  readonly store: Store;
  readonly sealing: Sealing;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly queue: CommitQueue;
  readonly log: Log;
}): Imports {
  const all = new Map<string, Open>();

  const forget = (one: Open): void => {
    one.stopping = true;
    clearInterval(one.timer);
    all.delete(one.id);
  };

  return {
    open: (name, text) => {
      if (all.size >= MOST_OPEN) return 'too-many';
      const content = contentOf(text);
      if (content === null) return 'not-understood';
      const rows = content.kind === 'csv' ? content.records.length - 1 : content.file.entries.length;
      if (rows < 1) return 'empty';
      const id = ports.ids.next();
      const timer = setInterval(() => {
        const one = all.get(id);
        if (one !== undefined && !isRunning(one)) forget(one);
      }, KEPT_MS).unref();
      all.set(id, { id, name, content, timer, tried: null, state: begun('opened', rows), stopping: false });
      return {
        importId: id,
        kind: content.kind,
        rows,
        columns: columnsPreview(content),
        decimals: decimalsOf(content),
      };
    },
    attempt: (id, options, by) => {
      const one = all.get(id);
      if (one === undefined) return 'not-found';
      if (isRunning(one)) return 'busy';
      if (one.content.kind === 'csv') {
        const problem = tableProblem(one.content.records, options.columns);
        if (problem !== null) return problem;
        if (options.mark === null && markOf(one.content.records, options.columns) === 'unclear')
          return 'decimal-mark-unclear';
      }
      one.tried = options;
      one.state = begun('trying', one.state.rows);
      void run(one, by, false);
      return null;
    },
    ready: (id) => {
      const one = all.get(id);
      if (one === undefined) return 'not-found';
      return one.state.phase === 'tried' ? { name: one.name, kind: one.content.kind } : 'not-tried';
    },
    commit: (id, by) => {
      const one = all.get(id);
      if (one === undefined || one.state.phase !== 'tried') return;
      one.state = begun('importing', one.state.rows);
      void run(one, by, true);
    },
    state: (id) => all.get(id)?.state ?? null,
    close: (id) => {
      const one = all.get(id);
      if (one !== undefined) forget(one);
    },
    closeAll: () => {
      for (const one of [...all.values()]) forget(one);
    },
  };

  /** Judges every row, and writes what is to be taken where `writes`. Never rejects. */
  async function run(one: Open, by: string, writes: boolean): Promise<void> {
    const { tried } = one;
    if (tried === null) return;
    const patients = new Map<string, string | null>();
    const staged = writes ? null : new Map<string, VitalValues>();
    const options = (): JudgeOptions => ({
      kind: one.content.kind,
      patientId: tried.patientId,
      now: momentOf(ports.clock),
      enteredBy: by,
      patients,
      staged,
    });
    let ended: 'done' | 'stopped' | 'failed' = 'done';
    try {
      for (const reading of readingsOf(one.content, tried)) {
        if (one.stopping) {
          ended = 'stopped';
          break;
        }
        const outcomes = writes ? await commitRun(one, reading, options()) : tryRun(reading, options());
        one.state = counted(one.state, reading, outcomes);
        await new Promise((resolve) => setTimeout(resolve, writes ? PAUSE_MS : 0));
      }
    } catch (error) {
      // What was committed before stays, and the same file can be taken again: it is known then.
      ports.log('error', 'import-failed', { reason: reasonOf(error) });
      ended = 'failed';
    }
    one.state = { ...one.state, phase: !writes && ended === 'done' ? 'tried' : ended };
    if (writes) await finish(one, ended);
  }

  function tryRun(reading: ImportReading, options: JudgeOptions): SetOutcome[] {
    return reading.sets.map((set) => judge(ports, ports.store.read, set, options).outcome);
  }

  function commitRun(one: Open, reading: ImportReading, options: JudgeOptions): Promise<SetOutcome[]> {
    return ports.queue.submit((write, draft) => {
      const outcomes = reading.sets.map((set): SetOutcome => {
        const judged = judge(ports, write, set, options);
        if (judged.outcome === 'taken') take(write, draft, judged.set, options.now);
        return judged.outcome;
      });
      updateImport(write, one.id, 'running', counted(one.state, reading, outcomes).account);
      return outcomes;
    });
  }

  async function finish(one: Open, state: ImportRunState): Promise<void> {
    try {
      await ports.queue.submit((write) => updateImport(write, one.id, state, one.state.account));
    } catch (error) {
      ports.log('error', 'import-not-noted', { reason: reasonOf(error) });
    }
  }
}

function contentOf(text: string): Content | null {
  if (/^\uFEFF?\s*\{/.test(text)) {
    const file = readFhirFile(text);
    return file === null ? null : { kind: 'fhir', file };
  }
  return { kind: 'csv', records: readCsv(text) };
}

function columnsPreview(content: Content): ImportPreview['columns'] {
  if (content.kind === 'fhir') return [];
  const [header, ...rows] = content.records;
  return columnsOf(header?.cells ?? []).map(({ name, field }, index) => ({
    name,
    field,
    samples: rows
      .map(({ cells }) => (cells[index] ?? '').trim())
      .filter((text) => text !== '')
      .slice(0, SAMPLES),
  }));
}

function decimalsOf(content: Content): ImportPreview['decimals'] {
  return content.kind === 'fhir' ? 'point' : markOf(content.records);
}

function* readingsOf(content: Content, options: TryOptions): Generator<ImportReading> {
  if (content.kind === 'csv') {
    const [header] = content.records;
    if (header === undefined) return;
    const told = options.mark ?? markOf(content.records, options.columns);
    const mark = told === 'unclear' ? 'point' : told;
    for (const rows of runsOf(content.records, options.columns, ROWS_IN_ONE))
      yield readRun(header, rows, { ...options, mark });
    return;
  }
  const { entries, patients } = content.file;
  for (let at = 0; at < entries.length; at += ROWS_IN_ONE)
    yield readFhirEntries(entries.slice(at, at + ROWS_IN_ONE), patients);
}

function isRunning({ state: { phase } }: Open): boolean {
  return phase === 'trying' || phase === 'importing';
}

function begun(phase: ImportState['phase'], rows: number): ImportState {
  return { phase, rows, through: 0, account: EMPTY_ACCOUNT, reasons: [], problems: [] };
}

function counted(state: ImportState, reading: ImportReading, outcomes: readonly SetOutcome[]): ImportState {
  const verdicts = verdictsOf(reading, outcomes);
  const found = verdicts.flatMap(({ row, problems }) => problems.map((problem) => ({ row, ...problem })));
  const reasons = new Map(state.reasons.map(({ reason, count }) => [reason, count]));
  for (const { reason } of found) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const account: ImportAccount = withVerdicts(state.account, verdicts);
  return {
    ...state,
    through: state.through + reading.rows.length,
    account,
    reasons: [...reasons].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count),
    problems: [...state.problems, ...found].slice(0, PROBLEMS_SHOWN),
  };
}
