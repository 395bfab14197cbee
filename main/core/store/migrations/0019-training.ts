/**
 * Trainings on a host: which hosts there are, what was begun on them, under which ids, and what each told. An attempt's
 * id stands here before the host is called, so that nothing is submitted twice whatever happens in between.
 */
export const TRAINING = `
CREATE TABLE training_hosts (
  id TEXT PRIMARY KEY,
  settings TEXT NOT NULL,
  -- Sealed: the token of Ray, a private key, its passphrase.
  secrets BLOB NOT NULL,
  saved_ms INTEGER NOT NULL,
  saved_by TEXT NOT NULL,
  -- No new training begins there; those that were stay told.
  retired_ms INTEGER
) STRICT;

-- One adapter being trained, whatever number of attempts it takes.
CREATE TABLE training_runs (
  id TEXT PRIMARY KEY,
  host_id TEXT NOT NULL REFERENCES training_hosts (id),
  data_set_id TEXT NOT NULL REFERENCES learning_data_sets (id),
  -- SHA-256 of the data set's manifest, as it was sent.
  data_set_sha256 TEXT NOT NULL,
  configuration TEXT NOT NULL,
  made_ms INTEGER NOT NULL,
  made_by TEXT NOT NULL,
  price_an_hour REAL NOT NULL,
  currency TEXT NOT NULL,
  -- In the currency; NULL: none.
  ceiling REAL,
  artefacts TEXT NOT NULL DEFAULT 'none' CHECK (artefacts IN ('none', 'fetched', 'refused')),
  -- Why they were refused, as JSON.
  artefacts_refusal TEXT
) STRICT;

CREATE TABLE training_attempts (
  -- What the host knows it by.
  id TEXT PRIMARY KEY,
  run_id TEXT NOT NULL REFERENCES training_runs (id),
  number INTEGER NOT NULL,
  -- The zip that was sent, by the hash of its content.
  package TEXT NOT NULL,
  phase TEXT NOT NULL CHECK (phase IN ('prepared', 'pending', 'running', 'finished', 'stopped', 'failed', 'lost')),
  made_ms INTEGER NOT NULL,
  -- The cluster's session that it was given to, and when it was last called to take it.
  session TEXT,
  called_ms INTEGER,
  stop_asked_ms INTEGER,
  stop_asked_by TEXT,
  -- By the host's clock.
  began_ms INTEGER,
  ended_ms INTEGER,
  -- The host's clock ahead of this machine's, when it was last seen; and when that was.
  clock_ahead_ms INTEGER NOT NULL DEFAULT 0,
  seen_ms INTEGER,
  -- Why it came to nothing, as JSON.
  failure TEXT,
  UNIQUE (run_id, number)
) STRICT;

-- What the trainer told, in its order.
CREATE TABLE training_events (
  attempt_id TEXT NOT NULL REFERENCES training_attempts (id),
  number INTEGER NOT NULL,
  event TEXT NOT NULL,
  PRIMARY KEY (attempt_id, number)
) STRICT, WITHOUT ROWID;
`;
