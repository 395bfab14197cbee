/**
 * The limit line of `bench -- intake`: what one core can do with `@medplum/core`'s `Hl7Message` and inserts in groups
 * of 64 at the same durability, without sockets, answers, scores or sealing. Arguments: the database's file, seconds,
 * and the native build of better-sqlite3 where there is one. Says messages a second.
 */
import { Hl7Message } from '@medplum/core';
import Database from 'better-sqlite3';
import { loadMessage } from '../load-message.ts';
import { fieldsOf, INSERT, peerRow, SCHEMA } from './peer-row.ts';

const GROUP = 64;
const [file = '', seconds = '5', nativeBinding = ''] = process.argv.slice(2);
const database = new Database(file, nativeBinding === '' ? {} : { nativeBinding });
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
database.exec(SCHEMA);
const insert = database.prepare(INSERT);
const insertAll = database.transaction((rows: readonly (string | number | null)[][]) => {
  for (const row of rows) insert.run(...row);
});

const messages = Array.from({ length: GROUP }, (_, bed) => loadMessage(bed + 1, 'limit'));
const run = (forMs: number): number => {
  const started = performance.now();
  let done = 0;
  let at = Date.now();
  for (let number = 0; performance.now() - started < forMs; number++) {
    at += 1;
    const rows = messages.map((message) => {
      // Without VT, FS and CR.
      const text = message.next(number, at).subarray(1, -2).toString('utf8');
      return peerRow(fieldsOf(Hl7Message.parse(text)));
    });
    insertAll(rows);
    done += rows.length;
  }
  return (done / (performance.now() - started)) * 1000;
};
run(1000);
process.stdout.write(`${run(Number(seconds) * 1000)}\n`);
