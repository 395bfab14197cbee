/**
 * The numbered migrations, oldest first. A migration that has shipped is never edited; the next number mends it.
 * With each new one a record of the schema before it goes into `versions/`, where a test upgrades it.
 */
import { FOUNDATION } from './migrations/0001-foundation.ts';
import { COMPACT_OBSERVATIONS } from './migrations/0002-compact-observations.ts';
import { MESSAGE_GROUPS } from './migrations/0003-message-groups.ts';
import { KEYS_AND_HEADS } from './migrations/0004-keys-and-heads.ts';
import { PATIENT_POLICIES } from './migrations/0005-patients.ts';
import { TECHNICAL_ALERTS } from './migrations/0006-technical-alerts.ts';
import { FEEDS } from './migrations/0007-feeds.ts';
import { IMPORTS } from './migrations/0008-imports.ts';
import { SITE_POLICIES } from './migrations/0009-site-policies.ts';
import { FHIR_RESOURCES } from './migrations/0012-fhir.ts';
import { BODY_NUMBERS } from './migrations/0013-body-numbers.ts';
import { KNOWLEDGE } from './migrations/0014-knowledge.ts';
import { EXPLANATION_DEPTHS_AND_POLICY } from './migrations/0015-explanation-depths.ts';
import { LEARNING } from './migrations/0018-learning.ts';
import { TRAINING } from './migrations/0019-training.ts';
import { ADAPTERS } from './migrations/0020-adapters.ts';
import { REVIEW } from './migrations/0021-review.ts';

export interface Migration {
  readonly version: number;
  readonly sql: string;
  /**
   * It builds a table anew to which others refer, so every reference is checked at its end. What only adds cannot
   * break one, and the check reads the whole record: half a minute of a month of 64 beds, with no ward on the screen.
   */
  readonly rebuilds?: true;
}

export const MIGRATIONS: readonly Migration[] = [
  { version: 1, sql: FOUNDATION },
  { version: 2, sql: COMPACT_OBSERVATIONS, rebuilds: true },
  { version: 3, sql: MESSAGE_GROUPS, rebuilds: true },
  { version: 4, sql: KEYS_AND_HEADS, rebuilds: true },
  { version: 5, sql: PATIENT_POLICIES },
  { version: 6, sql: TECHNICAL_ALERTS },
  { version: 7, sql: FEEDS },
  { version: 8, sql: IMPORTS },
  { version: 9, sql: SITE_POLICIES },
  { version: 12, sql: FHIR_RESOURCES },
  { version: 13, sql: BODY_NUMBERS },
  { version: 14, sql: KNOWLEDGE },
  { version: 15, sql: EXPLANATION_DEPTHS_AND_POLICY },
  { version: 18, sql: LEARNING },
  { version: 19, sql: TRAINING },
  { version: 20, sql: ADAPTERS },
  { version: 21, sql: REVIEW },
];

/** The schema this program writes; a database with a greater number is refused. */
export const NEWEST_SCHEMA = Math.max(...MIGRATIONS.map((migration) => migration.version));
