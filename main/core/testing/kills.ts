/** Kills of a core under load, and what its record must hold afterwards. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { verifyAudit } from '../audit/audit.ts';
import { RECORD_FILE } from '../open-record.ts';
import { readCommitted } from '../ward/observations-table.ts';
import { loadUntilKilled } from './load-until-killed.ts';
import { openTestStore } from './ports.ts';
import { oruText } from './running-core.ts';

const ENTRY = fileURLToPath(new URL('./durable-core.ts', import.meta.url));
const CONNECTIONS = 8;
const IN_FLIGHT = 3;
/** The kill comes between the first acknowledgement and this much later. */
const LONGEST_LOAD_MS = 160;

/** What a record holds after its core was killed again and again. */
export interface AfterKills {
  readonly acknowledged: number;
  /** Control ids of what was acknowledged and is not in the record. */
  readonly lost: readonly string[];
  readonly duplicated: number;
  /** SQLite's own words: "ok" where the file is whole. */
  readonly integrity: string;
  readonly auditIsWhole: boolean;
}

/** Starts a core on the folder and kills it under load, so many times; then looks at what its record holds. */
export async function killUnderLoad(folder: string, kills: number): Promise<AfterKills> {
  const acknowledged: string[] = [];
  for (let round = 0; round < kills; round++) {
    const { child, port } = await start(folder);
    const gone = new Promise((resolve) => child.once('exit', resolve));
    try {
      const began = Date.now();
      acknowledged.push(
        ...(await loadUntilKilled({
          port,
          connections: CONNECTIONS,
          inFlight: IN_FLIGHT,
          message: (connection, index) => {
            const controlId = `R${round}-${connection}-${index}`;
            const bed = `ICU-${connection + 1}`;
            const at = began - 60_000 + index * 1000;
            return { controlId, text: oruText({ controlId, patient: `MRN-${connection}`, bed, at }) };
          },
          onFirst: () => setTimeout(() => child.kill('SIGKILL'), (LONGEST_LOAD_MS * ((round * 7) % 10)) / 10),
        })),
      );
    } finally {
      child.kill('SIGKILL');
      await gone;
    }
  }
  const store = openTestStore(join(folder, RECORD_FILE));
  const kept = readCommitted(store.read, 0).map(({ controlId }) => controlId);
  const check = z.object({ integrity_check: z.string() });
  const integrity = store.read.one(check, 'PRAGMA integrity_check')?.integrity_check ?? 'nothing';
  const auditIsWhole = verifyAudit(store.read).ok;
  store.close();
  const present = new Set(kept);
  return {
    acknowledged: acknowledged.length,
    lost: acknowledged.filter((controlId) => !present.has(controlId)),
    duplicated: kept.length - present.size,
    integrity,
    auditIsWhole,
  };
}

function start(folder: string): Promise<{ readonly child: ChildProcess; readonly port: number }> {
  const child = spawn(process.execPath, [ENTRY, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((resolve, reject) => {
    child.stdout.once('data', (line: Buffer) => resolve({ child, port: Number(line.toString()) }));
    child.once('exit', (code) => reject(new Error(`the core ended with ${code}`)));
  });
}
