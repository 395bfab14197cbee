/**
 * The first peer of `bench -- intake`: `@medplum/hl7`'s server as its documentation shows it, with an insert a message
 * into SQLite at the same durability (WAL, synchronous=FULL) before the acknowledgement. Argument: the database's file,
 * and the native build of better-sqlite3 where there is one. Says its port.
 */
import { Hl7Server } from '@medplum/hl7';
import Database from 'better-sqlite3';
import { freePort } from '../free-port.ts';
import { fieldsOf, INSERT, peerRow, SCHEMA } from './peer-row.ts';

const [file = '', nativeBinding = ''] = process.argv.slice(2);
const database = new Database(file, nativeBinding === '' ? {} : { nativeBinding });
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
database.exec(SCHEMA);
const insert = database.prepare(INSERT);

const server = new Hl7Server((connection) => {
  connection.addEventListener('message', ({ message }) => {
    insert.run(...peerRow(fieldsOf(message)));
    connection.send(message.buildAck());
  });
  connection.addEventListener('error', () => undefined);
});
const port = await freePort();
await server.start(port);
process.stdout.write(`${port}\n`);
