/** The numbered migrations, oldest first. A migration that has shipped is never edited; the next number mends it. */
import { FOUNDATION } from './migrations/0001-foundation.ts';

export interface Migration {
  readonly version: number;
  readonly sql: string;
}

export const MIGRATIONS: readonly Migration[] = [{ version: 1, sql: FOUNDATION }];

/** The schema this program writes; a database with a greater number is refused. */
export const NEWEST_SCHEMA = Math.max(...MIGRATIONS.map((migration) => migration.version));
