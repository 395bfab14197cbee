/** The files that were imported: by whom, and what became of their rows. The rows themselves are observations. */
export const IMPORTS = `
CREATE TABLE imports (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('csv', 'fhir')),
  -- Files are named after patients.
  name_sealed BLOB NOT NULL,
  started_ms INTEGER NOT NULL,
  started_by TEXT NOT NULL REFERENCES people (id),
  -- A running one of an earlier start was interrupted.
  state TEXT NOT NULL CHECK (state IN ('running', 'done', 'stopped', 'failed')),
  -- Counts of rows by outcome, JSON.
  account TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX imports_started ON imports (started_ms);
`;
