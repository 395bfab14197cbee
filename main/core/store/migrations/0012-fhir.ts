/** The FHIR resources that were posted: by this one is known again, and what it once said can be taken back. */
export const FHIR_RESOURCES = `
CREATE TABLE fhir_resources (
  -- Keyed fingerprint of the resource's identifiers: they may hold a hospital number.
  identity BLOB PRIMARY KEY,
  -- Keyed fingerprint of its content in force, and meta.versionId of it.
  content BLOB NOT NULL,
  version TEXT,
  -- The message that its content in force came with; whose it is stands there.
  message_id INTEGER NOT NULL REFERENCES messages (id),
  -- Where its values stand: time, source and which vitals (a bit each). 0: none of them are its own.
  observed_ms INTEGER NOT NULL,
  source_name TEXT NOT NULL,
  vitals INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Every content that was ever taken of a resource: what was replaced does not come back when it is sent again.
CREATE TABLE fhir_contents (
  identity BLOB NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (identity, content)
) STRICT, WITHOUT ROWID;
`;
