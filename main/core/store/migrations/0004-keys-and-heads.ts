/**
 * A data key may be wrapped more than once (this machine's protection, the recovery key); the workstation's signing
 * key, the signed heads of the audit chain, and what became of each backup.
 */
export const KEYS_AND_HEADS = `
CREATE TABLE key_envelope_new (
  key_version INTEGER NOT NULL,
  wrapped_by TEXT NOT NULL CHECK (wrapped_by IN ('os-keystore', 'passphrase', 'permissions-only', 'recovery')),
  wrapped BLOB NOT NULL,
  created_ms INTEGER NOT NULL,
  PRIMARY KEY (key_version, wrapped_by)
) STRICT;
INSERT INTO key_envelope_new SELECT key_version, wrapped_by, wrapped, created_ms FROM key_envelope;
DROP TABLE key_envelope;
ALTER TABLE key_envelope_new RENAME TO key_envelope;

-- Ed25519. The private half is sealed; a workstation signs with the last row.
CREATE TABLE workstation_keys (
  id INTEGER PRIMARY KEY,
  public_key BLOB NOT NULL,
  private_key_sealed BLOB NOT NULL,
  created_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE audit_heads (
  sequence INTEGER PRIMARY KEY,
  hash BLOB NOT NULL,
  at TEXT NOT NULL,
  public_key BLOB NOT NULL,
  signature BLOB NOT NULL
) STRICT;
CREATE TRIGGER audit_heads_never_updated BEFORE UPDATE ON audit_heads
BEGIN SELECT RAISE(ABORT, 'audit_heads is append-only'); END;
CREATE TRIGGER audit_heads_never_deleted BEFORE DELETE ON audit_heads
BEGIN SELECT RAISE(ABORT, 'audit_heads is append-only'); END;

CREATE TABLE backups (
  id INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  file TEXT NOT NULL,
  bytes INTEGER,
  sha256 TEXT,
  -- Null: it was made and verified.
  problem TEXT
) STRICT;
`;
