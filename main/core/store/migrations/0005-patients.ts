/**
 * What is decided for a patient, and which records turned out to be of one patient. Both only grow: a decision is taken
 * back by another one, and the patients of an earlier reading are never lost.
 */
export const PATIENT_POLICIES = `
CREATE TABLE patient_policies (
  id INTEGER PRIMARY KEY,
  patient_id TEXT NOT NULL REFERENCES patients (id),
  kind TEXT NOT NULL
    CHECK (kind IN ('spo2-scale', 'pregnant', 'age-years', 'spinal-injury', 'baseline', 'treatment-limits')),
  -- It counts for what is committed from here on.
  from_ms INTEGER NOT NULL,
  set_by TEXT NOT NULL REFERENCES people (id),
  policy_sealed BLOB NOT NULL
) STRICT;
CREATE INDEX patient_policies_of ON patient_policies (patient_id, id);
CREATE TRIGGER patient_policies_never_updated BEFORE UPDATE ON patient_policies
BEGIN SELECT RAISE(ABORT, 'patient_policies is append-only'); END;
CREATE TRIGGER patient_policies_never_deleted BEFORE DELETE ON patient_policies
BEGIN SELECT RAISE(ABORT, 'patient_policies is append-only'); END;

-- Two records of one patient: the absorbed one is read with the kept one from then on. Readings stay where they are.
CREATE TABLE patient_merges (
  id INTEGER PRIMARY KEY,
  kept TEXT NOT NULL REFERENCES patients (id),
  absorbed TEXT NOT NULL UNIQUE REFERENCES patients (id),
  at_ms INTEGER NOT NULL,
  -- Null: an ADT message.
  by TEXT REFERENCES people (id),
  CHECK (kept <> absorbed)
) STRICT;
CREATE INDEX patient_merges_kept ON patient_merges (kept);
CREATE TRIGGER patient_merges_never_updated BEFORE UPDATE ON patient_merges
BEGIN SELECT RAISE(ABORT, 'patient_merges is append-only'); END;
CREATE TRIGGER patient_merges_never_deleted BEFORE DELETE ON patient_merges
BEGIN SELECT RAISE(ABORT, 'patient_merges is append-only'); END;

-- Who ended a stay, and why although an alert was unanswered. Null: the feed, or no reason was needed.
ALTER TABLE stays ADD COLUMN left_by TEXT REFERENCES people (id);
ALTER TABLE stays ADD COLUMN left_note_sealed BLOB;
CREATE INDEX stays_of_patient ON stays (patient_id, id);
`;
