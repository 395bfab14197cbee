/**
 * Messages in groups: what came and what was answered is kept compressed and sealed in one block for each commit, and
 * a message's row says where in it its bytes stand. Rows of the first schema keep their own sealed bytes. The further
 * states are those of messages that a person has to decide about.
 */
export const MESSAGE_GROUPS = `
-- The messages of one commit with their answers, one after the other. Removed when the retention rule says so.
CREATE TABLE message_bodies (
  id INTEGER PRIMARY KEY,
  received_ms INTEGER NOT NULL,
  sealed BLOB NOT NULL
) STRICT;

CREATE TABLE grouped_messages (
  id INTEGER PRIMARY KEY,
  received_ms INTEGER NOT NULL,
  -- Boot time of the receipt and the start of the machine it counts from, where the message waits for a person.
  received_boot_ms INTEGER,
  boot_id TEXT,
  sender TEXT NOT NULL,
  control_id TEXT NOT NULL,
  content_lookup BLOB NOT NULL,
  -- The block, where in it the message begins, how long it is, and how long the answer is that follows it.
  body INTEGER,
  body_offset INTEGER,
  body_length INTEGER,
  ack_length INTEGER,
  -- Rows of the first schema.
  raw_sealed BLOB,
  ack_sealed BLOB,
  ack_code TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('accepted', 'held', 'refused', 'quarantined', 'released', 'discarded')),
  reason TEXT,
  patient_id TEXT REFERENCES patients (id),
  taken INTEGER NOT NULL,
  conflict INTEGER NOT NULL DEFAULT 0 CHECK (conflict IN (0, 1)),
  -- Who decided about a held or quarantined message, when, and what they noted.
  version INTEGER NOT NULL DEFAULT 0,
  resolved_ms INTEGER,
  resolved_by TEXT REFERENCES people (id),
  note_sealed BLOB
) STRICT;
INSERT INTO grouped_messages (id, received_ms, sender, control_id, content_lookup, raw_sealed, ack_sealed, ack_code,
    state, reason, patient_id, taken, conflict)
  SELECT id, received_ms, sender, control_id, content_lookup, raw_sealed, ack_sealed, ack_code,
    CASE WHEN conflict = 1 THEN 'quarantined' ELSE state END, reason, patient_id, taken, conflict
  FROM messages ORDER BY id;
DROP TABLE messages;
ALTER TABLE grouped_messages RENAME TO messages;
CREATE INDEX messages_control ON messages (control_id, sender);
CREATE INDEX messages_waiting ON messages (state, id) WHERE state IN ('held', 'quarantined');

-- How many messages are in each state: counting them one by one takes seconds after a month of streams.
CREATE TABLE message_counts (state TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT;
INSERT INTO message_counts (state, n) SELECT state, count(*) FROM messages GROUP BY state;
`;
