import { existsSync } from 'node:fs';
import { readHeadFiles } from '../../../core/audit/audit-heads.ts';
import { verifyChain } from '../../../core/audit/verify-heads.ts';
import { writeLine } from '../json-lines.ts';
import { textOption, UsageError, type Verb } from '../verb.ts';
import { recordFile, withRecord } from '../ward-record.ts';

export const audit: Verb = {
  summary: 'whether a ward’s audit chain is whole, held against its signed heads',
  help: 'verify --user-data-dir DIR [--heads DIR]\nStatus 0 where every row and head fits, else 1 with the first row that does not. --heads: the folder off the machine; only it shows that the end was cut off. Out: ok, rows, head, heads, left_behind, restored_at; or sequence and problem.',
  options: { 'user-data-dir': { type: 'string' }, heads: { type: 'string' } },
  async run(context) {
    if (context.files.length !== 1 || context.files[0] !== 'verify')
      throw new UsageError('audit knows "verify", of the record in --user-data-dir.');
    recordFile(context);
    const headsFolder = textOption(context, 'heads');
    if (headsFolder !== null && !existsSync(headsFolder))
      throw new UsageError(`There is no folder ${headsFolder}.`);
    return withRecord(context, async ({ read }) => {
      try {
        const kept = headsFolder === null ? [] : readHeadFiles(headsFolder);
        const verdict = verifyChain(read, kept);
        await writeLine(
          verdict.ok
            ? {
                ok: true,
                rows: verdict.rows,
                head: verdict.head,
                heads: verdict.heads,
                left_behind: verdict.leftBehind,
                restored_at: verdict.restoredAt,
              }
            : verdict,
        );
        return verdict.ok ? 0 : 1;
      } catch (error) {
        await writeLine({
          error: {
            code: 'file-unreadable',
            message: error instanceof Error ? error.message : 'unknown error',
          },
        });
        return 1;
      }
    });
  },
};
