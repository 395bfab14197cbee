/** The thread that reads histories: its own connection, opened once, and an answer to each request in turn. */
import { join } from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import { z } from 'zod';
import { textOf } from '../../../app/contract/as-text.ts';
import { RECORD_FILE } from '../record-files.ts';
import { openReadOnly, type Reader } from '../store/database.ts';
import { bedHistory } from './history.ts';

export const historiesPlaceSchema = z.object({
  kind: z.literal('histories'),
  userDataDir: z.string(),
  nativeBinding: z.string().nullable(),
});
export type HistoriesPlace = z.infer<typeof historiesPlaceSchema>;

/** All records of one patient, and from when to when (wall ms, both included). */
export const historyRequestSchema = z.object({
  id: z.number().int(),
  patientIds: z.array(z.string()),
  fromMs: z.number(),
  toMs: z.number(),
});
/** The last message to the thread. */
export const END_OF_HISTORIES = 'end';
export type HistoryRequest = z.infer<typeof historyRequestSchema>;

export const historyAnswerSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('rows'),
    id: z.number().int(),
    /** As `packedHistorySchema` reads it: the terminal that reads it checks it. */ rows: z.string(),
  }),
  z.object({ kind: z.literal('failed'), id: z.number().int(), detail: z.string() }),
]);
export type HistoryAnswer = z.input<typeof historyAnswerSchema>;

/** As it crosses to a terminal. */
export function historyOf(read: Reader, { patientIds, fromMs, toMs }: Omit<HistoryRequest, 'id'>): string {
  return textOf(bedHistory(read, patientIds, fromMs, toMs));
}

/** Answers until its thread is ended. Throws where the record cannot be opened. */
export function serveHistories({ userDataDir, nativeBinding }: HistoriesPlace, port: MessagePort): void {
  const opened = openReadOnly({
    file: join(userDataDir, RECORD_FILE),
    ...(nativeBinding === null ? {} : { nativeBinding }),
  });
  if (!opened.ok) throw new Error(JSON.stringify(opened.failure));
  const { read, close } = opened.store;
  port.on('message', (given) => {
    if (given === END_OF_HISTORIES) {
      close();
      port.close();
      return;
    }
    const request = historyRequestSchema.parse(given);
    let answer: HistoryAnswer;
    try {
      answer = { kind: 'rows', id: request.id, rows: historyOf(read, request) };
    } catch (error) {
      answer = { kind: 'failed', id: request.id, detail: error instanceof Error ? error.message : 'unknown' };
    }
    port.postMessage(answer);
  });
}
