/**
 * The first schema. `…_sealed` columns hold AES-256-GCM values (`sealing/`), `…_lookup` columns a keyed HMAC.
 * Times in `…_ms` are wall milliseconds since 1970. What must never change is guarded by triggers, so that a
 * mistake in the program fails instead of rewriting a record.
 */
const appendOnly = (table: string) => `
CREATE TRIGGER ${table}_never_updated BEFORE UPDATE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;
CREATE TRIGGER ${table}_never_deleted BEFORE DELETE ON ${table} BEGIN SELECT RAISE(ABORT, '${table} is append-only'); END;`;

export const FOUNDATION = `
CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;

CREATE TABLE key_envelope (
  key_version INTEGER PRIMARY KEY,
  wrapped_by TEXT NOT NULL CHECK (wrapped_by IN ('os-keystore', 'passphrase', 'permissions-only')),
  wrapped BLOB NOT NULL,
  created_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE audit (
  sequence INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT,
  detail TEXT NOT NULL,
  previous_hash BLOB NOT NULL,
  hash BLOB NOT NULL
) STRICT;
${appendOnly('audit')}

CREATE TABLE people (
  id TEXT PRIMARY KEY,
  name_sealed BLOB NOT NULL,
  role TEXT NOT NULL,
  pin_salt BLOB NOT NULL,
  pin_hash BLOB NOT NULL,
  wrong_pins INTEGER NOT NULL DEFAULT 0,
  locked_until_ms INTEGER NOT NULL DEFAULT 0,
  created_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE patients (
  id TEXT PRIMARY KEY,
  identifier_lookup BLOB UNIQUE,
  identifier_sealed BLOB NOT NULL,
  name_sealed BLOB NOT NULL,
  birth_date_sealed BLOB,
  sex TEXT NOT NULL CHECK (sex IN ('F', 'M', 'X', 'unknown')),
  pregnant INTEGER NOT NULL CHECK (pregnant IN (0, 1)),
  spo2_scale INTEGER NOT NULL DEFAULT 1 CHECK (spo2_scale IN (1, 2)),
  demonstration INTEGER NOT NULL CHECK (demonstration IN (0, 1)),
  created_ms INTEGER NOT NULL
) STRICT;

-- A patient's time in a bed. One open stay a patient, and one a bed; demonstrations stand beside the real beds.
CREATE TABLE stays (
  id INTEGER PRIMARY KEY,
  patient_id TEXT NOT NULL REFERENCES patients (id),
  bed TEXT NOT NULL,
  demonstration INTEGER NOT NULL CHECK (demonstration IN (0, 1)),
  admitted_ms INTEGER NOT NULL,
  left_ms INTEGER
) STRICT;
CREATE UNIQUE INDEX stays_open_bed ON stays (bed) WHERE left_ms IS NULL AND demonstration = 0;
CREATE UNIQUE INDEX stays_open_patient ON stays (patient_id) WHERE left_ms IS NULL;

CREATE TABLE messages (
  id INTEGER PRIMARY KEY,
  received_ms INTEGER NOT NULL,
  sender TEXT NOT NULL,
  control_id TEXT NOT NULL,
  content_lookup BLOB NOT NULL,
  raw_sealed BLOB NOT NULL,
  ack_code TEXT NOT NULL,
  ack_sealed BLOB NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('accepted', 'held', 'refused')),
  reason TEXT,
  patient_id TEXT REFERENCES patients (id),
  taken INTEGER NOT NULL,
  -- A second message under a control id that other bytes already used.
  conflict INTEGER NOT NULL DEFAULT 0 CHECK (conflict IN (0, 1))
) STRICT;
CREATE INDEX messages_control ON messages (control_id, sender);
CREATE INDEX messages_content ON messages (content_lookup);

CREATE TABLE observations (
  id INTEGER PRIMARY KEY,
  patient_id TEXT NOT NULL REFERENCES patients (id),
  observed_at TEXT NOT NULL,
  observed_ms INTEGER NOT NULL,
  received_ms INTEGER NOT NULL,
  received_boot_ms INTEGER NOT NULL,
  boot_id TEXT,
  committed_ms INTEGER NOT NULL,
  source_kind TEXT NOT NULL CHECK (source_kind IN ('monitor', 'hand', 'import', 'demonstration')),
  source_name TEXT NOT NULL,
  message_id INTEGER REFERENCES messages (id),
  entered_by TEXT REFERENCES people (id),
  supersedes INTEGER UNIQUE REFERENCES observations (id),
  hr REAL,
  pulse REAL,
  pulse_art REAL,
  rr REAL,
  rr_pleth REAL,
  spo2 REAL,
  temp_c REAL,
  sbp REAL,
  dbp REAL,
  map REAL,
  sbp_art REAL,
  dbp_art REAL,
  map_art REAL,
  sbp_nibp REAL,
  dbp_nibp REAL,
  map_nibp REAL,
  o2_flow REAL,
  fio2 REAL,
  etco2 REAL,
  cvp REAL,
  on_oxygen INTEGER CHECK (on_oxygen IN (0, 1)),
  acvpu TEXT CHECK (acvpu IN ('A', 'C', 'V', 'P', 'U'))
) STRICT;
CREATE UNIQUE INDEX observations_once ON observations (patient_id, observed_ms, source_kind, source_name)
  WHERE supersedes IS NULL;
CREATE INDEX observations_of_patient ON observations (patient_id, observed_ms);
${appendOnly('observations')}

-- The patient's score wherever it changed; the row of a history takes the last one before it.
CREATE TABLE scores (
  id INTEGER PRIMARY KEY,
  patient_id TEXT NOT NULL REFERENCES patients (id),
  at_ms INTEGER NOT NULL,
  score TEXT NOT NULL
) STRICT;
CREATE INDEX scores_of_patient ON scores (patient_id, at_ms);
${appendOnly('scores')}

CREATE TABLE alert_state (
  patient_id TEXT PRIMARY KEY REFERENCES patients (id),
  state_sealed BLOB NOT NULL
) STRICT;

-- The alert as it stands, and beside it every step it took. The record it fired on never changes.
CREATE TABLE alerts (
  id TEXT PRIMARY KEY,
  patient_id TEXT NOT NULL REFERENCES patients (id),
  bed TEXT NOT NULL,
  rule TEXT NOT NULL,
  fired_ms INTEGER NOT NULL,
  open INTEGER NOT NULL CHECK (open IN (0, 1)),
  version INTEGER NOT NULL,
  -- Sealed, because people's reasons are in them.
  alert_sealed BLOB NOT NULL,
  facts TEXT NOT NULL
) STRICT;
CREATE INDEX alerts_of_patient ON alerts (patient_id, fired_ms);
CREATE INDEX alerts_open ON alerts (open) WHERE open = 1;
CREATE TRIGGER alerts_keep_their_record BEFORE UPDATE OF patient_id, bed, rule, fired_ms, facts ON alerts
BEGIN SELECT RAISE(ABORT, 'the record of an alert never changes'); END;

CREATE TABLE alert_transitions (
  id INTEGER PRIMARY KEY,
  alert_id TEXT NOT NULL REFERENCES alerts (id),
  version INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  from_state TEXT,
  to_state TEXT NOT NULL,
  cause TEXT NOT NULL,
  actor TEXT,
  action TEXT,
  UNIQUE (alert_id, version)
) STRICT;
${appendOnly('alert_transitions')}

CREATE TABLE explanations (
  id TEXT PRIMARY KEY,
  alert_id TEXT NOT NULL REFERENCES alerts (id),
  language TEXT NOT NULL,
  rule_text TEXT NOT NULL,
  facts TEXT NOT NULL,
  status TEXT NOT NULL,
  reason TEXT,
  planned INTEGER NOT NULL,
  plan TEXT,
  prompt_hash TEXT,
  model TEXT,
  confidence TEXT,
  attempt INTEGER NOT NULL DEFAULT 0,
  started_ms INTEGER NOT NULL,
  rule_text_ms REAL NOT NULL,
  first_sentence_ms REAL,
  complete_ms REAL,
  engine_timing TEXT
) STRICT;
CREATE INDEX explanations_of_alert ON explanations (alert_id, started_ms);

CREATE TABLE sentences (
  explanation_id TEXT NOT NULL REFERENCES explanations (id),
  attempt INTEGER NOT NULL,
  position INTEGER NOT NULL,
  sentence TEXT NOT NULL,
  raw_sealed BLOB,
  PRIMARY KEY (explanation_id, attempt, position)
) STRICT;
${appendOnly('sentences')}

CREATE TABLE ratings (
  id INTEGER PRIMARY KEY,
  explanation_id TEXT NOT NULL REFERENCES explanations (id),
  person_id TEXT NOT NULL REFERENCES people (id),
  at_ms INTEGER NOT NULL,
  helpfulness INTEGER NOT NULL CHECK (helpfulness BETWEEN 1 AND 5),
  accuracy TEXT NOT NULL CHECK (accuracy IN ('accurate', 'inaccurate', 'unsure')),
  comment_sealed BLOB NOT NULL
) STRICT;
CREATE INDEX ratings_of_person ON ratings (explanation_id, person_id, id);
${appendOnly('ratings')}

-- A command that was answered: repeated with its key it is answered again, not done again.
CREATE TABLE answered_commands (
  key TEXT PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  actor TEXT NOT NULL,
  name TEXT NOT NULL,
  params_lookup BLOB NOT NULL,
  value_sealed BLOB NOT NULL
) STRICT;
`;
