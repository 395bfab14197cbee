/**
 * Observations in a third of the room: patient, source and start of the machine are numbers, receipt and commit are
 * told as distances from the observed time, and what supersedes a row is the same slot with a greater revision. Rows
 * are still wide, append-only and never changed; only the keeper of the retention rule may remove old ones, behind a
 * gate that is open for one transaction. `minute_summaries` holds what a stream said minute by minute.
 *
 * The vitals are written out: a migration keeps its meaning when the program's list grows.
 */
const NUMERIC =
  'hr pulse pulse_art rr rr_pleth spo2 temp_c sbp dbp map sbp_art dbp_art map_art sbp_nibp dbp_nibp map_nibp o2_flow fio2 etco2 cvp'.split(
    ' ',
  );
const columns = (of: (vital: string) => string): string => NUMERIC.map(of).join(',\n  ');
const VITAL_NAMES = [...NUMERIC, 'on_oxygen', 'acvpu'].join(', ');
const oldVitals = [...NUMERIC, 'on_oxygen', 'acvpu'].map((vital) => `o.${vital}`).join(', ');

export const COMPACT_OBSERVATIONS = `
-- A patient's number in the long tables; given with the first row.
CREATE TABLE patient_numbers (
  number INTEGER PRIMARY KEY,
  patient_id TEXT NOT NULL UNIQUE REFERENCES patients (id)
) STRICT;

CREATE TABLE sources (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('monitor', 'hand', 'import', 'demonstration')),
  name TEXT NOT NULL,
  UNIQUE (name, kind)
) STRICT;

-- A start of the machine; '' where the system does not tell its starts apart. base_ms: wall time at boot time 0 as
-- it was when the start was first seen, so that a row keeps only how far the clocks have drifted since.
CREATE TABLE starts (
  id INTEGER PRIMARY KEY,
  boot_id TEXT NOT NULL UNIQUE,
  base_ms INTEGER NOT NULL
) STRICT;

INSERT INTO patient_numbers (patient_id)
  SELECT patient_id FROM (SELECT patient_id, id FROM observations UNION ALL SELECT patient_id, id FROM scores)
  GROUP BY patient_id ORDER BY min(id);
INSERT INTO sources (kind, name)
  SELECT source_kind, source_name FROM observations GROUP BY source_kind, source_name ORDER BY min(id);
INSERT INTO starts (boot_id, base_ms)
  SELECT coalesce(boot_id, ''), min(received_ms - received_boot_ms) FROM observations
  GROUP BY coalesce(boot_id, '') ORDER BY min(id);

CREATE TABLE compact (
  id INTEGER PRIMARY KEY,
  patient INTEGER NOT NULL REFERENCES patient_numbers (number),
  observed_ms INTEGER NOT NULL,
  -- Minutes east of UTC in which the source told its time; NULL: it told UTC.
  zone_min INTEGER,
  source INTEGER NOT NULL REFERENCES sources (id),
  -- 0, 1, ...: of rows of one patient, time and source the one with the greatest is in force.
  revision INTEGER NOT NULL,
  -- 1: the source took back or corrected what it had said; 0: it said it first, or said more.
  corrects INTEGER NOT NULL CHECK (corrects IN (0, 1)),
  start INTEGER NOT NULL REFERENCES starts (id),
  -- received - observed; committed - received; boot time of the receipt - (received - base of the start).
  received_delta INTEGER NOT NULL,
  committed_delta INTEGER NOT NULL,
  boot_delta INTEGER NOT NULL,
  -- The message it came with, by number: a message may be removed before its observations.
  message_id INTEGER,
  entered_by TEXT REFERENCES people (id),
  -- Bits in the order of the columns below: vitals that the source contradicted within one message.
  ambiguous INTEGER NOT NULL DEFAULT 0,
  ${columns((vital) => `${vital} REAL`)},
  on_oxygen INTEGER CHECK (on_oxygen IN (0, 1)),
  acvpu TEXT CHECK (acvpu IN ('A', 'C', 'V', 'P', 'U'))
) STRICT;

INSERT INTO compact (id, patient, observed_ms, zone_min, source, revision, corrects, start, received_delta,
    committed_delta, boot_delta, message_id, entered_by, ${VITAL_NAMES})
  WITH RECURSIVE chain (id, revision) AS (
    SELECT id, 0 FROM observations WHERE supersedes IS NULL
    UNION ALL SELECT n.id, chain.revision + 1 FROM observations n JOIN chain ON n.supersedes = chain.id
  )
  SELECT o.id, p.number, o.observed_ms,
    CASE WHEN o.observed_at GLOB '*[+-][0-9][0-9]:[0-9][0-9]' THEN
      (CASE substr(o.observed_at, -6, 1) WHEN '-' THEN -1 ELSE 1 END)
        * (60 * CAST(substr(o.observed_at, -5, 2) AS INTEGER) + CAST(substr(o.observed_at, -2, 2) AS INTEGER)) END,
    s.id, chain.revision, 0, b.id, o.received_ms - o.observed_ms, o.committed_ms - o.received_ms,
    o.received_boot_ms - (o.received_ms - b.base_ms), o.message_id, o.entered_by, ${oldVitals}
  FROM observations o
  JOIN chain ON chain.id = o.id
  JOIN patient_numbers p ON p.patient_id = o.patient_id
  JOIN sources s ON s.kind = o.source_kind AND s.name = o.source_name
  JOIN starts b ON b.boot_id = coalesce(o.boot_id, '')
  ORDER BY o.id;
DROP TABLE observations;
ALTER TABLE compact RENAME TO observations;
CREATE UNIQUE INDEX observations_once ON observations (patient, observed_ms, source, revision);
-- What no message brought: hand entries, files, demonstrations. Few, and every one of them is shown.
CREATE INDEX observations_without_message ON observations (patient, observed_ms) WHERE message_id IS NULL;

-- Where the rule for keeping records removes rows, it puts a row here first and takes it away in the same transaction.
CREATE TABLE retention_gate (open INTEGER PRIMARY KEY CHECK (open = 1)) STRICT;
CREATE TRIGGER observations_never_updated BEFORE UPDATE ON observations
BEGIN SELECT RAISE(ABORT, 'observations is append-only'); END;
CREATE TRIGGER observations_never_deleted BEFORE DELETE ON observations
WHEN NOT EXISTS (SELECT 1 FROM retention_gate)
BEGIN SELECT RAISE(ABORT, 'observations is append-only'); END;

-- A minute of one source as its sets in force tell it. Made from observations and made anew whenever one is added:
-- no record of its own while they are kept, and what stays of a stream when they are removed.
CREATE TABLE minute_summaries (
  patient INTEGER NOT NULL REFERENCES patient_numbers (number),
  -- observed_ms / 60000.
  minute INTEGER NOT NULL,
  source INTEGER NOT NULL REFERENCES sources (id),
  -- Sets of the minute, and where in it the last one was observed (ms).
  sets INTEGER NOT NULL,
  last_ms INTEGER NOT NULL,
  -- The latest receipt of a set of the minute, and the latest commit after the receipt, from the minute's begin (ms).
  received_delta INTEGER NOT NULL,
  committed_delta INTEGER NOT NULL,
  ${columns((vital) => `${vital}_last REAL, ${vital}_min REAL, ${vital}_max REAL, ${vital}_median REAL`)},
  on_oxygen INTEGER CHECK (on_oxygen IN (0, 1)),
  acvpu TEXT CHECK (acvpu IN ('A', 'C', 'V', 'P', 'U')),
  PRIMARY KEY (patient, minute, source)
) STRICT, WITHOUT ROWID;

-- The newest observation that minute_summaries tells of.
CREATE TABLE summary_mark (one INTEGER PRIMARY KEY CHECK (one = 1), observation_id INTEGER NOT NULL) STRICT;
INSERT INTO summary_mark VALUES (1, 0);

CREATE TABLE compact_scores (
  id INTEGER PRIMARY KEY,
  patient INTEGER NOT NULL REFERENCES patient_numbers (number),
  at_ms INTEGER NOT NULL,
  -- The total, or the least it can be; NULL where no score applies.
  least INTEGER,
  complete INTEGER NOT NULL CHECK (complete IN (0, 1)),
  score TEXT NOT NULL
) STRICT;
INSERT INTO compact_scores (id, patient, at_ms, least, complete, score)
  SELECT o.id, p.number, o.at_ms, coalesce(json_extract(o.score, '$.total'), json_extract(o.score, '$.min_total')),
    coalesce(json_extract(o.score, '$.complete'), 0), o.score
  FROM scores o JOIN patient_numbers p ON p.patient_id = o.patient_id ORDER BY o.id;
DROP TABLE scores;
ALTER TABLE compact_scores RENAME TO scores;
CREATE INDEX scores_of_patient ON scores (patient, at_ms);
CREATE TRIGGER scores_never_updated BEFORE UPDATE ON scores
BEGIN SELECT RAISE(ABORT, 'scores is append-only'); END;
CREATE TRIGGER scores_never_deleted BEFORE DELETE ON scores
BEGIN SELECT RAISE(ABORT, 'scores is append-only'); END;
`;
