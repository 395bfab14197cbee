/** What goes wrong between this program and a host, as one kind of error: a code with words, and nothing secret. */
import type { HostTroubleCode } from '../../../app/learning/training/host.ts';
import { troubleOf as storeTroubleOf } from '../store/trouble.ts';

export class HostTrouble extends Error {
  readonly code: HostTroubleCode;
  /** For the screen's words: what was found. Never a token, a key or a passphrase. */
  readonly found: string;

  constructor(code: HostTroubleCode, found = '') {
    super(found === '' ? code : `${code}: ${found}`);
    this.name = 'HostTrouble';
    this.code = code;
    this.found = found;
  }
}

/** The trouble that an error is. */
export function troubleOf(error: unknown): HostTrouble {
  if (error instanceof HostTrouble) return error;
  const trouble = storeTroubleOf(error);
  if (trouble === 'full' || (error instanceof Error && 'code' in error && error.code === 'ENOSPC'))
    return new HostTrouble('disk-full');
  if (trouble !== null) return new HostTrouble('record-unwritable');
  return new HostTrouble('internal', error instanceof Error ? error.message.slice(0, 200) : '');
}
