/**
 * Makes a new record in place of a damaged one, with what the ward needs to be at work first; what is older is taken
 * out behind it (`salvage-rest.ts`).
 */
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import type { ChainHead } from '../audit/audit.ts';
import { copyChain } from '../audit/copy-chain.ts';
import { type Clock, isoTime } from '../clock.ts';
import { RECORD_FILE } from '../record-files.ts';
import type { Envelope } from '../sealing/envelopes.ts';
import type { KeyWrapper } from '../sealing/key-wrapper.ts';
import type { Sealing } from '../sealing/sealing.ts';
import { closeViews, openGraftedView, openViews, ownLog } from './damaged-views.ts';
import { newRecordFile, putInPlace, schemaOf } from './new-record-file.ts';
import { ABOVE_ALL } from './rows-downward.ts';
import { longWithoutNumbers, type SalvageCount, salvageTables, type Unfinished } from './salvage.ts';
import { isForeign, salvageKeys } from './salvage-keys.ts';
import { type LeafCount, salvageLeaves } from './salvage-leaves.ts';
import { type SalvageNote, writeSalvageNote } from './salvage-note.ts';
import { setAside } from './set-aside.ts';

/**
 * The ward has to be at work within 10 s of a start, on a slow machine too; so much of it is for the newest rows of
 * the long tables. 2 s are about 100,000 rows: many hours of a full ward. Ours.
 */
const FIRST_STAGE_MS = 2_000;
/** Then the newest rows that only their own pages still show. Ours. */
const PAGES_MS = 1_500;

export interface SalvageOrder {
  readonly userDataDir: string;
  readonly nativeBinding: string | null;
  readonly wrappers: readonly KeyWrapper[];
  readonly clock: Clock;
  readonly reason: string;
}

export interface Salvaged {
  readonly note: SalvageNote;
  /** The newest audit row that could be seen in the damaged file. */
  readonly oldHead: ChainHead | null;
}
export type SalvageResult =
  | ({ readonly ok: true } & Salvaged)
  /** The keys are there but do not open now: nothing was taken out yet, and the next start tries again. */
  | { readonly ok: false; readonly detail: string };

/** Sets the record aside and makes a new one of it. Throws where the disk refuses. */
export async function salvageRecord(order: SalvageOrder): Promise<SalvageResult> {
  const { userDataDir, nativeBinding } = order;
  const binding = nativeBinding === null ? {} : { nativeBinding };
  const at = isoTime(order.clock.wall());
  const damagedFile = setAside(userDataDir, order.reason, at);
  const damaged = join(userDataDir, damagedFile);
  const views = openViews(damaged, binding);
  try {
    const keys = await salvageKeys(userDataDir, views, order.wrappers);
    if (!keys.ok) return keys;
    const { sealing, envelopes } = keys;
    const fresh = join(userDataDir, `${RECORD_FILE}.new`);
    const target = newRecordFile(fresh, schemaOf(views), binding);
    let seen: Seen;
    let leaves: LeafCount | null = null;
    let again: Unfinished[] = [];
    try {
      const withGrafted = (): Database.Database | null => {
        const grafted = openGraftedView(damaged, binding);
        if (grafted !== null) views.push(grafted);
        return grafted;
      };
      seen = takeThroughViews({ views, withGrafted, target, sealing, envelopes });
      if (seen.gone) {
        const waiting = new Set(seen.unfinished.map(({ table }) => table));
        again = longWithoutNumbers(target)
          .filter((table) => !waiting.has(table))
          .map((table) => ({ table, below: ABOVE_ALL }));
        leaves = salvageLeaves({
          file: damaged,
          withLog: ownLog(views, damaged, envelopes),
          target,
          sealing,
          forMs: PAGES_MS,
          first: true,
        });
      }
    } finally {
      target.close();
    }
    putInPlace(fresh, userDataDir);
    const { count, unfinished } = seen;
    const note: SalvageNote = {
      format: 1,
      stage: unfinished.length + again.length === 0 && leaves?.complete !== false ? 'done' : 'rest',
      at,
      reason: order.reason,
      damagedFile,
      pagesLeft: leaves?.complete === false || (unfinished.length > 0 && leaves !== null),
      unfinished: [...unfinished, ...again],
      taken: count.taken + (leaves?.taken ?? 0),
      // Rows that the keys led to are looked at again on their pages: what is refused there is what is not here.
      refused: leaves?.complete ? leaves.refused : count.refused,
      gaps: count.gaps + count.tablesLost.length,
    };
    writeSalvageNote(userDataDir, note);
    return { ok: true, note, oldHead: seen.oldHead };
  } finally {
    closeViews(damaged, views);
  }
}

interface Seen {
  readonly count: SalvageCount;
  readonly unfinished: readonly Unfinished[];
  readonly oldHead: ChainHead | null;
  /** Something could not be read or was not usable: the file's pages are to be looked at one by one. */
  readonly gone: boolean;
}

/** Takes out what the views give, until one of them shows everything; the one that costs a copy comes last. */
function takeThroughViews(order: {
  readonly views: readonly Database.Database[];
  readonly withGrafted: () => Database.Database | null;
  readonly target: Database.Database;
  readonly sealing: Sealing | null;
  readonly envelopes: readonly Envelope[];
}): Seen {
  const { target, sealing, envelopes } = order;
  const untilMs = performance.now() + FIRST_STAGE_MS;
  let count: SalvageCount = { taken: 0, refused: 0, gaps: 0, tablesLost: [] };
  let unfinished: readonly Unfinished[] = [];
  let oldHead: ChainHead | null = null;
  let looked = 0;
  /** True where nothing more needs to be looked for. */
  const take = (view: Database.Database): boolean => {
    looked += 1;
    if (isForeign(view, envelopes)) return false;
    const run = salvageTables({ source: view, target, sealing, untilMs, resume: null });
    const head = copyChain(view, target);
    if (head !== null && (oldHead === null || head.sequence > oldHead.sequence)) oldHead = head;
    if (unfinished.length === 0) unfinished = run.unfinished;
    count = {
      taken: count.taken + run.count.taken,
      refused: count.refused + run.count.refused,
      gaps: count.gaps + run.count.gaps,
      tablesLost: run.count.tablesLost,
    };
    return run.count.gaps === 0 && run.count.tablesLost.length === 0;
  };
  if (!order.views.some(take)) {
    const grafted = order.withGrafted();
    if (grafted !== null) take(grafted);
  }
  const gone = looked === 0 || count.gaps > 0 || count.refused > 0 || count.tablesLost.length > 0;
  return { count, unfinished, oldHead, gone };
}
