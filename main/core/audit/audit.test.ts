import { join } from 'node:path';
import Database from 'better-sqlite3';
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openTestStore, testFolder } from '../testing/ports.ts';
import { appendAudit, verifyAudit } from './audit.ts';

let folder: ReturnType<typeof testFolder>;
let file: string;
beforeEach(() => {
  folder = testFolder();
  file = join(folder.path, 'ward.db');
  const store = openTestStore(file);
  for (let index = 1; index <= 12; index++)
    store.transaction((write) =>
      appendAudit(write, `2026-09-12T12:00:${10 + index}.000Z`, {
        actor: `person-${index % 3}`,
        action: 'alert.act',
        subject: `alert-${index}`,
        detail: { version: index },
      }),
    );
  store.close();
});
afterEach(() => folder.remove());

/** Changes rows behind the program's back, triggers taken away first. */
function tamper(sql: string): void {
  const raw = new Database(file);
  raw.exec(`DROP TRIGGER audit_never_updated; DROP TRIGGER audit_never_deleted; ${sql}`);
  raw.close();
}
function verdict() {
  const store = openTestStore(file);
  const found = verifyAudit(store.read);
  store.close();
  return found;
}

test('a chain that nobody touched verifies', () => {
  expect(verdict()).toMatchObject({ ok: true, rows: 12, head: expect.stringMatching(/^[0-9a-f]{64}$/) });
});

test('any altered column of any row is found at that row', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.constantFrom('at', 'actor', 'action', 'subject', 'detail'),
      (sequence, column) => {
        const raw = new Database(file);
        raw.exec('DROP TRIGGER IF EXISTS audit_never_updated');
        const before = raw
          .prepare<[number], string>(`SELECT ${column} FROM audit WHERE sequence = ?`)
          .pluck();
        const value = before.get(sequence) ?? '';
        const set = raw.prepare(`UPDATE audit SET ${column} = ? WHERE sequence = ?`);
        set.run(`${value} `, sequence);
        raw.close();
        expect(verdict()).toEqual({ ok: false, sequence, problem: 'altered' });
        const back = new Database(file);
        back.prepare(`UPDATE audit SET ${column} = ? WHERE sequence = ?`).run(value, sequence);
        back.close();
        expect(verdict()).toMatchObject({ ok: true });
      },
    ),
    { numRuns: 20 },
  );
});

test('a row taken out or a rewritten hash is found', () => {
  tamper('DELETE FROM audit WHERE sequence = 5');
  expect(verdict()).toEqual({ ok: false, sequence: 5, problem: 'missing' });
});

test('a row whose hash was made to fit breaks the row after it', () => {
  tamper('UPDATE audit SET hash = zeroblob(32), previous_hash = zeroblob(32) WHERE sequence = 7');
  expect(verdict()).toEqual({ ok: false, sequence: 7, problem: 'not-chained' });
});

test('the program itself can neither change nor delete a row', () => {
  const raw = new Database(file);
  expect(() => raw.exec("UPDATE audit SET actor = 'somebody'")).toThrow('append-only');
  expect(() => raw.exec('DELETE FROM audit')).toThrow('append-only');
  raw.close();
});
