/** What is taken out of a file by its tables, held against what it held. */
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { NEWEST_SCHEMA } from '../store/migrations.ts';
import { testFolder } from '../testing/ports.ts';
import { newRecordFile } from './new-record-file.ts';
import { salvageTables } from './salvage.ts';

let folder: ReturnType<typeof testFolder>;
let source: Database.Database;
let target: Database.Database;
beforeEach(() => {
  folder = testFolder();
  source = newRecordFile(join(folder.path, 'source.db'), NEWEST_SCHEMA, {});
  target = newRecordFile(join(folder.path, 'target.db'), NEWEST_SCHEMA, {});
  const message = source.prepare(
    `INSERT INTO messages (id, received_ms, sender, control_id, content_lookup, ack_code, state, taken)
     VALUES (?, 1, 'FHIR', ?, x'01', 'AA', 'accepted', 1)`,
  );
  const resource = source.prepare("INSERT INTO fhir_resources VALUES (?, x'01', '1', ?, 5, 'FHIR', 1)");
  const content = source.prepare("INSERT INTO fhir_contents VALUES (?, x'01')");
  for (let id = 1; id <= RESOURCES; id++) {
    message.run(id, `o${id}`);
    resource.run(Buffer.from(`r${id}`), id);
    content.run(Buffer.from(`r${id}`));
  }
  source.exec('INSERT INTO body_numbers VALUES (1, 40)');
});
afterEach(() => {
  source.close();
  target.close();
  folder.remove();
});

const RESOURCES = 1_200;
const salvage = (untilMs: number, resume: Parameters<typeof salvageTables>[0]['resume']) =>
  salvageTables({ source, target, sealing: null, untilMs, resume });
const countOf = (table: string): unknown => target.prepare(`SELECT count(*) FROM ${table}`).pluck().get();

test('what refers to messages comes after them, and nothing of it is refused', () => {
  const run = salvage(Number.POSITIVE_INFINITY, null);
  expect(run).toMatchObject({ count: { refused: 0, gaps: 0, tablesLost: [] }, unfinished: [] });
  for (const table of ['messages', 'fhir_resources', 'fhir_contents']) expect(countOf(table)).toBe(RESOURCES);
});

test('the ward waits for no table that grows for ever, and the rest is whole afterwards', () => {
  const first = salvage(performance.now() - 1, null);
  expect(countOf('fhir_contents')).toBe(0);
  // The next block of messages is numbered above those that are still to come.
  expect(target.prepare('SELECT last FROM body_numbers').pluck().get()).toBe(40);
  const rest = salvage(Number.POSITIVE_INFINITY, first.unfinished);
  expect(rest.unfinished).toEqual([]);
  for (const table of ['messages', 'fhir_resources', 'fhir_contents']) expect(countOf(table)).toBe(RESOURCES);
});
