import { existsSync, readFileSync } from 'node:fs';
import { readCsv } from '../../../../app/import/csv.ts';
import { markOf } from '../../../../app/import/table-rows.ts';
import { DEFAULT_SITE_POLICY, readSitePolicy, type SitePolicy } from '../../../../app/policy/site-policy.ts';
import {
  type ColumnMap,
  columnsNotIn,
  isTableField,
  TABLE_FIELDS,
  type TableField,
} from '../../../../app/replay/columns.ts';
import { readTable, type TableReading } from '../../../../app/replay/table.ts';
import { withoutZone } from '../../../../app/replay/times.ts';
import { replayTable } from '../../../core/replay/replay-table.ts';
import { fileProblem } from '../file-problem.ts';
import { insistOnFiles, writeLine } from '../json-lines.ts';
import { textOption, UsageError, type Verb, type VerbContext } from '../verb.ts';

const STANDARD_INPUT = '-';

const NO_TABLE = {
  empty: 'it has no rows',
  'no-time-column': 'no column is a time (say which with --columns)',
  'no-vital-column': 'no column is a vital (say which with --columns)',
} as const;

export const replay: Verb = {
  summary: 'the alert transitions of a table of vitals over time',
  help: `FILE.csv|-  [--columns FILE|NAME=FIELD,…]  [--policy FILE]  [--streamed]
- reads the table from standard input.
A row a moment (a column a vital) or a row a value (columns vital, value); a time (seconds, or a date and time) and, where there are several patients, who it is about. Usual names of columns are recognised.
--columns   which column holds what: a JSON file {"their name":"field"}, or name=field,…; "-" leaves a column out.
            Fields: ${TABLE_FIELDS.join(' ')}
--policy    a site's policy (JSON); else the program's own.
--streamed  the table is a monitor's stream; else it is charted and fires at once.
Out: one line a transition, the same every time. A patient's replay ends with the last row. Refused values are counted on standard error, by column and reason.`,
  options: { columns: { type: 'string' }, policy: { type: 'string' }, streamed: { type: 'boolean' } },
  async run(context) {
    const [file, ...more] = context.files;
    if (file === undefined || more.length > 0)
      throw new UsageError('It needs one table (- for standard input).');
    const isInput = file === STANDARD_INPUT;
    const name = isInput ? 'Standard input' : file;
    const policy = policyOf(textOption(context, 'policy'));
    const mapping = mappingOf(textOption(context, 'columns'));
    if (!isInput) insistOnFiles([file]);
    const records = readCsv(readFileSync(isInput ? 0 : file, 'utf8'));
    insistOnColumns(context, records[0]?.cells ?? [], mapping);
    const mark = markOf(records, mapping);
    if (mark === 'unclear')
      throw new UsageError(
        `${name} writes both points and commas in its numbers: no decimal mark can be told.`,
      );
    const read = readTable(records, mapping, mark);
    if (!read.ok) throw new UsageError(`${name} is no table of vitals: ${NO_TABLE[read.problem]}.`);
    const { table } = read;
    const isZoned = table.sets.every(({ at }) => at.endsWith('Z'));
    const transitions = replayTable(policy, table, { streamed: context.options.streamed === true });
    for (const { patientId, atMs, transition, score } of transitions) {
      const { alert, from, to, cause } = transition;
      await writeLine({
        at: isZoned ? new Date(atMs).toISOString() : withoutZone(atMs),
        patient: patientId,
        rule: alert.rule,
        from,
        to,
        score,
        cause,
        parameter: alert.parameter,
        priority: alert.priority,
        level: alert.escalationLevel,
        threshold: alert.threshold,
        value: alert.trigger?.value ?? null,
        alert: alert.id,
        policy_version: alert.policyVersion,
      });
    }
    process.stderr.write(account(table, transitions.length));
    return 0;
  },
};

function readJson(file: string, what: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`${what} cannot be read: ${fileProblem(error, file) ?? `${file} is no JSON.`}`);
  }
}

function policyOf(file: string | null): SitePolicy {
  if (file === null) return DEFAULT_SITE_POLICY;
  const read = readSitePolicy(readJson(file, 'The policy'));
  if (read.ok) return read.policy;
  throw new UsageError(
    `${file} is no policy: ${read.faults.map(({ path, message }) => `${path}: ${message}`).join('; ')}`,
  );
}

/**
 * Wrong usage where --columns names a column that the table does not have: it was meant to be read and would not be. A
 * file of columns may serve several tables: of it, what is not in this one is only told.
 */
function insistOnColumns(context: VerbContext, header: readonly string[], mapping: ColumnMap): void {
  const absent = columnsNotIn(header, mapping).map((name) => `"${name}"`);
  if (absent.length === 0) return;
  const said = `--columns: the table has no column ${absent.join(', ')}; it has: ${header.join(', ')}.`;
  if (!existsSync(textOption(context, 'columns') ?? '')) throw new UsageError(said);
  process.stderr.write(`${said}\n`);
}

/** Either way round is understood: the side that is a field of this program is the field. */
function mappingOf(given: string | null): ColumnMap {
  if (given === null) return new Map();
  const pairs = existsSync(given) ? pairsOfFile(given) : given.split(',').map((pair) => pair.split('='));
  return new Map(
    pairs.map(([name = '', field], index): [string, TableField | null] => {
      const [one, other] = [name.trim(), field?.trim()];
      if (other === undefined) throw new UsageError(`--columns: "${one}" is neither a file nor name=field.`);
      if (one !== '' && (other === '-' || other === '')) return [one, null];
      if (one !== '' && isTableField(other)) return [one, other];
      if (other !== '' && isTableField(one)) return [other, one];
      throw new UsageError(
        `--columns: pair ${index + 1} ("${one}=${other}") names no field of this program.`,
      );
    }),
  );
}

function pairsOfFile(file: string): string[][] {
  const read = readJson(file, 'The columns');
  if (typeof read !== 'object' || read === null || Array.isArray(read))
    throw new UsageError(`${file} is no JSON object of columns.`);
  return Object.entries(read).map(([name, field]) => [name, field === null ? '-' : String(field)]);
}

/** Every cell that was not taken, by column and reason, with a total. */
function account(table: TableReading, transitions: number): string {
  const patients = new Set(table.sets.map(({ patient }) => patient)).size;
  const counts = new Map<string, number>();
  for (const { column, reason } of table.refused) {
    const key = `${column} ${reason}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const lines = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, count]) => `  ${count} ${key}`);
  return [
    `${counted(table.rows, 'row')}, ${counted(table.sets.length, 'set')} of ${counted(patients, 'patient')}, ${counted(transitions, 'transition')}`,
    ...(table.ignored.length === 0 ? [] : [`not read: ${table.ignored.join(', ')}`]),
    `${counted(table.refused.length, 'value')} refused`,
    ...lines,
    '',
  ].join('\n');
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
