/** The bank of approved phrases as the core holds it: read with the first explanation that needs it. */
import { readFileSync } from 'node:fs';
import {
  type ApprovedWords,
  IN_THE_BANKS_ORDER,
  NO_APPROVED_WORDS,
  type PhraseBank,
  readPhraseBank,
} from '../../../app/explanation/phrases.ts';
import { type Log, reasonOf } from '../log.ts';

export interface Phrases {
  /** The bank and the order in which its phrases are tried. Never throws. */
  words(): ApprovedWords;
}

/** @param file the bank; where it cannot be read the log says so, and rule sentences stand alone. */
export function createPhrases(file: string, log: Log): Phrases {
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
    words() {
      bank ??= read();
      return { bank, rank: IN_THE_BANKS_ORDER };
    },
  };
}
