/** Holds the whole audit chain against its signed heads: those in the record and those kept off the machine. */
import type { Reader } from '../store/database.ts';
import { type AuditVerdict, RECORD_RESTORED, verifyAudit } from './audit.ts';
import { type AuditHead, isSigned, readHeads } from './audit-heads.ts';

export type ChainVerdict =
  | (Extract<AuditVerdict, { ok: true }> & {
      /** Heads that fit. */
      readonly heads: number;
      /** Heads of rows that a restored or salvaged record no longer has; the record itself says that it was. */
      readonly leftBehind: number;
      /** ISO times at which the record was restored or salvaged. */
      readonly restoredAt: readonly string[];
    })
  | Extract<AuditVerdict, { ok: false }>
  /** A head is not signed by its key; is of a row that says something else; is of a row behind the chain's end. */
  | {
      readonly ok: false;
      readonly sequence: number;
      readonly problem: 'head-not-signed' | 'head-differs' | 'cut';
    };

/** Walks the chain once and compares every head. `kept`: heads from a folder off the machine. */
export function verifyChain(read: Reader, kept: readonly AuditHead[] = []): ChainVerdict {
  const heads = [...readHeads(read), ...kept];
  const forged = heads.find((head) => !isSigned(head));
  if (forged !== undefined) return { ok: false, sequence: forged.sequence, problem: 'head-not-signed' };
  const bySequence = Map.groupBy(heads, ({ sequence }) => sequence);
  const restored: { readonly sequence: number; readonly at: string }[] = [];
  const differing: AuditHead[] = [];
  let fitting = 0;
  const verdict = verifyAudit(read, (row) => {
    if (row.action === RECORD_RESTORED) restored.push({ sequence: row.sequence, at: row.at });
    for (const head of bySequence.get(row.sequence) ?? [])
      if (Buffer.compare(head.hash, row.hash) === 0) fitting += 1;
      else differing.push(head);
  });
  if (!verdict.ok) return verdict;
  const beyond = heads.filter(({ sequence }) => sequence > verdict.rows);
  const explained = (head: AuditHead): boolean =>
    restored.some(({ sequence, at }) => head.sequence >= sequence && head.at <= at);
  for (const [problem, some] of [
    ['head-differs', differing],
    ['cut', beyond],
  ] as const) {
    const unexplained = some.find((head) => !explained(head));
    if (unexplained !== undefined) return { ok: false, sequence: unexplained.sequence, problem };
  }
  return {
    ...verdict,
    heads: fitting,
    leftBehind: differing.length + beyond.length,
    restoredAt: restored.map(({ at }) => at),
  };
}
