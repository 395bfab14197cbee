/**
 * Learning: whose care may teach, under which random name it would, what was built of it, and who let it leave. The map
 * from patients to random names stays in this table; nothing that leaves leads back to it.
 */
export const LEARNING = `
CREATE TABLE learning_subjects (
  patient_id TEXT PRIMARY KEY REFERENCES patients (id),
  random_id TEXT NOT NULL UNIQUE,
  made_ms INTEGER NOT NULL
) STRICT;

-- The newest act about a patient holds; without one nothing of that patient is taken.
CREATE TABLE learning_consents (
  number INTEGER PRIMARY KEY,
  patient_id TEXT NOT NULL REFERENCES patients (id),
  act TEXT NOT NULL CHECK (act IN ('given', 'withdrawn')),
  at_ms INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;
CREATE INDEX learning_consents_of_patient ON learning_consents (patient_id, number);
CREATE TRIGGER learning_consents_kept BEFORE DELETE ON learning_consents
  BEGIN SELECT RAISE(ABORT, 'learning_consents is append-only'); END;
CREATE TRIGGER learning_consents_unchanged BEFORE UPDATE ON learning_consents
  BEGIN SELECT RAISE(ABORT, 'learning_consents is append-only'); END;

CREATE TABLE learning_data_sets (
  id TEXT PRIMARY KEY,
  built_ms INTEGER NOT NULL,
  built_by TEXT NOT NULL,
  -- SHA-256 of the manifest, and the manifest itself; it names nobody.
  sha256 TEXT NOT NULL,
  manifest TEXT NOT NULL
) STRICT;

-- Lineage: whose care is in which data set.
CREATE TABLE learning_data_set_subjects (
  data_set_id TEXT NOT NULL REFERENCES learning_data_sets (id),
  random_id TEXT NOT NULL REFERENCES learning_subjects (random_id),
  PRIMARY KEY (data_set_id, random_id)
) STRICT;

-- A named person looked at the preview and let it leave; and each time that it left.
CREATE TABLE learning_data_set_acts (
  number INTEGER PRIMARY KEY,
  data_set_id TEXT NOT NULL REFERENCES learning_data_sets (id),
  act TEXT NOT NULL CHECK (act IN ('approved', 'exported')),
  at_ms INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;
CREATE TRIGGER learning_data_set_acts_kept BEFORE DELETE ON learning_data_set_acts
  BEGIN SELECT RAISE(ABORT, 'learning_data_set_acts is append-only'); END;
CREATE TRIGGER learning_data_set_acts_unchanged BEFORE UPDATE ON learning_data_set_acts
  BEGIN SELECT RAISE(ABORT, 'learning_data_set_acts is append-only'); END;
`;
