/** The bank of approved phrases as the core holds it: read with the first explanation that needs it. */
import { readFileSync } from 'node:fs';
import {
  type ApprovedWords,
  IN_THE_BANKS_ORDER,
  NO_APPROVED_WORDS,
  type PhraseBank,
  readPhraseBank,
} from '../../../app/explanation/phrases.ts';
import type { ExplanationPlan } from '../../../app/explanation/plan.ts';
import { type Log, reasonOf } from '../log.ts';
import type { PhraseOrder } from './phrase-order.ts';

export interface Phrases {
  /** The bank and the order in which its phrases are tried: the model's for an explanation that it writes. Never throws. */
  words(explanation?: ExplanationPlan): ApprovedWords;
}

/** @param file the bank; where it cannot be read the log says so, and rule sentences stand alone. */
export function createPhrases(file: string, order: PhraseOrder, log: Log): Phrases {
  let bank: PhraseBank | null = null;
  function read(): PhraseBank {
    try {
      return readPhraseBank(readFileSync(file, 'utf8'));
    } catch (error) {
      log('error', 'phrases-unreadable', { reason: reasonOf(error) });
      return NO_APPROVED_WORDS.bank;
    }
  }
  return {
    words(explanation) {
      bank ??= read();
      return { bank, rank: explanation === undefined ? IN_THE_BANKS_ORDER : order.of(explanation) };
    },
  };
}
