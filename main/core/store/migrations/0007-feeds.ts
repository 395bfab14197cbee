/** What a site knows of its senders, and how well they do: settings, codes, sensors, clocks, hours. */
export const FEEDS = `
-- A sender by the name its readings are shown by. A sender without a row is read by the defaults.
CREATE TABLE feeds (
  device TEXT PRIMARY KEY,
  mode TEXT NOT NULL CHECK (mode IN ('auto', 'streamed', 'charted')),
  zone TEXT,
  charset TEXT,
  mapping TEXT,
  saved_ms INTEGER NOT NULL,
  saved_by TEXT NOT NULL REFERENCES people (id)
) STRICT, WITHOUT ROWID;

-- A site's own codes. A file of the same name takes the place of the one before, which stays to be looked up.
CREATE TABLE code_mappings (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  mapping TEXT NOT NULL,
  saved_ms INTEGER NOT NULL,
  saved_by TEXT NOT NULL REFERENCES people (id)
) STRICT;
CREATE INDEX code_mappings_name ON code_mappings (name, id);

-- The sensor of a device that writes under the device's own name, by vital: the first that gave the vital.
CREATE TABLE feed_sensors (
  patient_id TEXT NOT NULL REFERENCES patients (id),
  device TEXT NOT NULL,
  vital TEXT NOT NULL,
  sensor TEXT NOT NULL,
  PRIMARY KEY (patient_id, device, vital)
) STRICT, WITHOUT ROWID;

-- What was known last of a sender's clock, and the machine's own clocks then: it holds while those agree.
CREATE TABLE feed_clocks (
  device TEXT PRIMARY KEY,
  offset_ms REAL NOT NULL,
  at_ms INTEGER NOT NULL,
  boot_id TEXT NOT NULL,
  wall_ahead_ms REAL NOT NULL
) STRICT, WITHOUT ROWID;

-- hour: received_ms / 3600000. reasons: counts by reason, JSON.
CREATE TABLE feed_hours (
  device TEXT NOT NULL,
  hour INTEGER NOT NULL,
  messages INTEGER NOT NULL,
  taken INTEGER NOT NULL,
  held INTEGER NOT NULL,
  refused INTEGER NOT NULL,
  gaps INTEGER NOT NULL,
  longest_gap_ms INTEGER NOT NULL,
  last_ms INTEGER NOT NULL,
  reasons TEXT NOT NULL,
  PRIMARY KEY (device, hour)
) STRICT, WITHOUT ROWID;
`;
