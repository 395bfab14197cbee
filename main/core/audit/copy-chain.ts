/** Takes the audit chain out of a damaged file: as far as it is whole, because a chain with a hole proves nothing. */
import type Database from 'better-sqlite3';
import { z } from 'zod';
import { auditRow, type ChainHead, chainWalk } from './audit.ts';

const bytes = z.instanceof(Uint8Array);
const headRow = z.object({
  sequence: z.number().int(),
  hash: bytes,
  at: z.string(),
  public_key: bytes,
  signature: bytes,
});

/**
 * Copies the chain from its first row to the last that fits, with the signed heads of those rows. Returns the newest
 * row that could be seen at all, also behind a hole; null where there is none.
 */
export function copyChain(source: Database.Database, target: Database.Database): ChainHead | null {
  let seen: ChainHead | null = null;
  const insert = target.prepare<unknown[]>(
    `INSERT OR IGNORE INTO audit (sequence, at, actor, action, subject, detail, previous_hash, hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const takes = chainWalk();
  target.transaction(() => {
    walk(source, 'SELECT * FROM audit ORDER BY sequence', (found) => {
      const row = auditRow.safeParse(found);
      if (!row.success || !takes(row.data)) return false;
      seen = { sequence: row.data.sequence, hash: row.data.hash };
      const { sequence, at, actor, action, subject, detail, previous_hash, hash } = row.data;
      insert.run(sequence, at, actor, action, subject, detail, previous_hash, hash);
      return true;
    });
  })();
  walk(source, 'SELECT * FROM audit ORDER BY sequence DESC LIMIT 1', (found) => {
    const row = auditRow.safeParse(found);
    if (row.success && row.data.sequence > (seen?.sequence ?? 0))
      seen = { sequence: row.data.sequence, hash: row.data.hash };
    return false;
  });
  copyHeads(source, target);
  return seen;
}

/** Heads of rows that were taken; the others stay in the damaged file and wherever they were exported to. */
function copyHeads(source: Database.Database, target: Database.Database): void {
  const known = target.prepare<[unknown, unknown]>('SELECT 1 FROM audit WHERE sequence = ? AND hash = ?');
  if (target.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'audit_heads'").get() === undefined) return;
  const insert = target.prepare<unknown[]>(
    'INSERT OR IGNORE INTO audit_heads (sequence, hash, at, public_key, signature) VALUES (?, ?, ?, ?, ?)',
  );
  walk(source, 'SELECT sequence, hash, at, public_key, signature FROM audit_heads', (found) => {
    const parsed = headRow.safeParse(found);
    if (!parsed.success) return true;
    const head = parsed.data;
    if (known.get(head.sequence, head.hash) !== undefined)
      insert.run(head.sequence, head.hash, head.at, head.public_key, head.signature);
    return true;
  });
}

/** Each row until one is not wanted or cannot be read. */
function walk(source: Database.Database, sql: string, take: (row: unknown) => boolean): void {
  try {
    for (const row of source.prepare(sql).iterate()) if (!take(row)) return;
  } catch {
    // From here on nothing can be read: what was taken so far stands.
  }
}
