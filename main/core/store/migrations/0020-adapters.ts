/**
 * Trained adapters: what is here, every act about each, who may sign and what was signed, what the gates asked and got,
 * and what one on trial wrote. Acts are appended and never changed: where an adapter stands is folded from them.
 */
export const ADAPTERS = `
CREATE TABLE adapters (
  -- SHA-256 of the file that the engine loads.
  id TEXT PRIMARY KEY,
  version TEXT NOT NULL UNIQUE,
  staged_ms INTEGER NOT NULL,
  staged_by TEXT NOT NULL,
  bytes INTEGER NOT NULL,
  -- Of the trainer, word for word as it was hashed.
  manifest TEXT NOT NULL
) STRICT;

CREATE TABLE adapter_acts (
  number INTEGER PRIMARY KEY,
  adapter_id TEXT NOT NULL REFERENCES adapters (id),
  at_ms INTEGER NOT NULL,
  -- A person's id, or system.
  by TEXT NOT NULL,
  act TEXT NOT NULL
) STRICT;
CREATE INDEX adapter_acts_of_adapter ON adapter_acts (adapter_id, number);
CREATE TRIGGER adapter_acts_kept BEFORE DELETE ON adapter_acts
  BEGIN SELECT RAISE(ABORT, 'adapter_acts is append-only'); END;
CREATE TRIGGER adapter_acts_unchanged BEFORE UPDATE ON adapter_acts
  BEGIN SELECT RAISE(ABORT, 'adapter_acts is append-only'); END;

-- Keys of this ward's signers, and public keys of another's that somebody here trusts.
CREATE TABLE signing_keys (
  -- SHA-256 of the public key.
  id TEXT PRIMARY KEY,
  role TEXT NOT NULL CHECK (role IN ('clinical', 'technical')),
  -- Whose it is; null: somebody's of another ward, whom name tells.
  person_id TEXT,
  name TEXT NOT NULL,
  -- SPKI, DER.
  public_key BLOB NOT NULL,
  private_key_sealed BLOB,
  added_ms INTEGER NOT NULL,
  added_by TEXT NOT NULL,
  -- The last release that it may have signed; null: it is in use.
  retired_after INTEGER
) STRICT;

-- The text that two people sign, and under which number: a lower one is never put into use after a higher.
CREATE TABLE adapter_releases (
  adapter_id TEXT PRIMARY KEY REFERENCES adapters (id),
  sequence INTEGER NOT NULL,
  statement TEXT NOT NULL
) STRICT;
CREATE TABLE adapter_signatures (
  adapter_id TEXT NOT NULL REFERENCES adapters (id),
  role TEXT NOT NULL CHECK (role IN ('clinical', 'technical')),
  key_id TEXT NOT NULL REFERENCES signing_keys (id),
  signature BLOB NOT NULL,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (adapter_id, role)
) STRICT;

CREATE TABLE gate_runs (
  id TEXT PRIMARY KEY,
  adapter_id TEXT NOT NULL REFERENCES adapters (id),
  begun_ms INTEGER NOT NULL,
  begun_by TEXT NOT NULL,
  -- Seed, sizes, thresholds, and who was written beside: what the run would need to be done again.
  settings TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'stopped', 'failed', 'ended')),
  detail TEXT,
  report TEXT
) STRICT;
-- One answer an item, so that a run goes on where it was cut off.
CREATE TABLE gate_answers (
  run_id TEXT NOT NULL REFERENCES gate_runs (id),
  item TEXT NOT NULL,
  answer TEXT NOT NULL,
  PRIMARY KEY (run_id, item)
) STRICT;

-- What an adapter on trial wrote of the ward's own alerts; nothing of a patient but which explanation it was.
CREATE TABLE adapter_exposures (
  number INTEGER PRIMARY KEY,
  adapter_id TEXT NOT NULL REFERENCES adapters (id),
  stage TEXT NOT NULL CHECK (stage IN ('shadow', 'canary', 'production')),
  explanation_id TEXT NOT NULL REFERENCES explanations (id),
  at_ms INTEGER NOT NULL,
  holes INTEGER NOT NULL,
  shown INTEGER NOT NULL,
  -- Raw sentences that broke a rule of safety.
  unsafe INTEGER NOT NULL,
  -- Sentences that were read and that a second look objects to.
  unsafe_read INTEGER NOT NULL,
  -- Milliseconds to the end; null: it came to none.
  ms INTEGER,
  -- Of the one in use, for the same alert or the one before.
  other_ms INTEGER
) STRICT;
CREATE INDEX adapter_exposures_of_adapter ON adapter_exposures (adapter_id, number);
`;
