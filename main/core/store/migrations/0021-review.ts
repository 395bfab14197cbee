/**
 * The review desk: what people said of explanations away from the bed, what they took back, and which of it is in which
 * data set. Acts are appended and never changed; one that was taken back stays in the record and counts nowhere.
 */
export const REVIEW = `
CREATE TABLE review_acts (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('rating', 'repeat', 'settlement', 'correction', 'choice')),
  -- Why it was in the queue; the person was not told.
  reason TEXT NOT NULL,
  explanation_id TEXT NOT NULL REFERENCES explanations (id),
  -- Of a choice: the other text.
  other_id TEXT REFERENCES explanations (id),
  person_id TEXT NOT NULL REFERENCES people (id),
  -- As it was then.
  role TEXT NOT NULL,
  at_ms INTEGER NOT NULL,
  -- How long the person had it before them.
  spent_ms INTEGER NOT NULL CHECK (spent_ms >= 0),
  helpfulness INTEGER CHECK (helpfulness BETWEEN 1 AND 5),
  accuracy TEXT CHECK (accuracy IN ('accurate', 'inaccurate', 'unsure')),
  -- Of a choice: which side, and which text that was; null: neither or no difference.
  choice TEXT CHECK (choice IN ('left', 'right', 'same', 'neither')),
  preferred_id TEXT REFERENCES explanations (id),
  -- Of a correction: the place of the hole among those of its plan.
  hole INTEGER,
  -- A comment, or the corrected words.
  text_sealed BLOB
) STRICT;
CREATE INDEX review_acts_of_explanation ON review_acts (explanation_id, number);
CREATE INDEX review_acts_of_person ON review_acts (person_id, at_ms);
CREATE TRIGGER review_acts_kept BEFORE DELETE ON review_acts
  BEGIN SELECT RAISE(ABORT, 'review_acts is append-only'); END;
CREATE TRIGGER review_acts_unchanged BEFORE UPDATE ON review_acts
  BEGIN SELECT RAISE(ABORT, 'review_acts is append-only'); END;

CREATE TABLE review_withdrawals (
  act_id TEXT PRIMARY KEY REFERENCES review_acts (id),
  at_ms INTEGER NOT NULL,
  by TEXT NOT NULL
) STRICT;
CREATE TRIGGER review_withdrawals_kept BEFORE DELETE ON review_withdrawals
  BEGIN SELECT RAISE(ABORT, 'review_withdrawals is append-only'); END;
CREATE TRIGGER review_withdrawals_unchanged BEFORE UPDATE ON review_withdrawals
  BEGIN SELECT RAISE(ABORT, 'review_withdrawals is append-only'); END;

-- Lineage: whose word is in which data set.
CREATE TABLE learning_data_set_reviews (
  data_set_id TEXT NOT NULL REFERENCES learning_data_sets (id),
  act_id TEXT NOT NULL REFERENCES review_acts (id),
  PRIMARY KEY (data_set_id, act_id)
) STRICT;
`;
