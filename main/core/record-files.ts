/** What lies in the user data folder, by name. */

/** The ward's record. */
export const RECORD_FILE = 'ward.db';
/** Held by the one core that writes the record. */
export const LOCK_FILE = 'ward.lock';
/** Beside the database, never in it: the weak wrapping key. */
export const WRAPPING_KEY_FILE = 'wrapping.key';
/** Says that the record is to be salvaged at the next start, or that a salvage is under way. */
export const SALVAGE_FILE = 'ward.salvage.json';
