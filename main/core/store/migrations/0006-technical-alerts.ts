/** Technical alerts and who has seen them. They live in memory first: this is their history. */
export const TECHNICAL_ALERTS = `
CREATE TABLE technical_alerts (
  id TEXT PRIMARY KEY,
  code TEXT NOT NULL,
  subject TEXT,
  -- Beds, names of vitals and numbers; nothing that tells who a patient is.
  parameters TEXT NOT NULL,
  raised_ms INTEGER NOT NULL,
  cleared_ms INTEGER,
  acknowledged_ms INTEGER,
  acknowledged_by TEXT
) STRICT;
CREATE INDEX technical_alerts_open ON technical_alerts (raised_ms) WHERE cleared_ms IS NULL;
`;
