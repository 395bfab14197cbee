/**
 * The knowledge library: every version of every card that could ever be cited, the hospital's own guidelines that cards
 * were made from, and what people decided about them. The search index is made of these rows in memory: nothing in the
 * record depends on how it is searched.
 */
export const KNOWLEDGE = `
CREATE TABLE knowledge_guidelines (
  id TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  title TEXT NOT NULL,
  organisation TEXT NOT NULL,
  -- Year of publication, and the month in which the hospital wants it looked at again.
  year INTEGER NOT NULL,
  review_due TEXT NOT NULL,
  -- SHA-256 of the file that was uploaded, and what kind of file it was.
  sha256 TEXT NOT NULL,
  kind TEXT NOT NULL,
  -- Passages of the file that were not to be seen on its pages; none of them is in a card.
  hidden INTEGER NOT NULL,
  saved_ms INTEGER NOT NULL,
  saved_by TEXT NOT NULL,
  UNIQUE (id, version)
) STRICT;

CREATE TABLE knowledge_cards (
  card_id TEXT NOT NULL,
  version INTEGER NOT NULL CHECK (version > 0),
  -- Null: a card of the program.
  guideline_id TEXT,
  topic TEXT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  hindi_title TEXT,
  hindi_text TEXT,
  -- JSON lists: what it answers, other words for it, and its sources with organisation, title and year.
  answers TEXT NOT NULL,
  words TEXT NOT NULL,
  sources TEXT NOT NULL,
  -- Month in which it was last held against its sources; the review of a guideline's card falls due with the guideline's.
  reviewed TEXT NOT NULL,
  review_due TEXT NOT NULL,
  saved_ms INTEGER NOT NULL,
  UNIQUE (card_id, version),
  FOREIGN KEY (guideline_id, version) REFERENCES knowledge_guidelines (id, version)
) STRICT;

-- What a person decided: the newest act about a subject holds. An approval names the version that it is for.
CREATE TABLE knowledge_acts (
  number INTEGER PRIMARY KEY,
  subject TEXT NOT NULL CHECK (subject IN ('card', 'guideline')),
  id TEXT NOT NULL,
  version INTEGER NOT NULL,
  act TEXT NOT NULL CHECK (act IN ('approved', 'withdrawn')),
  at_ms INTEGER NOT NULL,
  by TEXT NOT NULL,
  reason_sealed BLOB
) STRICT;
CREATE TRIGGER knowledge_acts_kept BEFORE DELETE ON knowledge_acts
  BEGIN SELECT RAISE(ABORT, 'knowledge_acts is append-only'); END;
CREATE TRIGGER knowledge_acts_unchanged BEFORE UPDATE ON knowledge_acts
  BEGIN SELECT RAISE(ABORT, 'knowledge_acts is append-only'); END;
CREATE TRIGGER knowledge_cards_unchanged BEFORE UPDATE ON knowledge_cards
  BEGIN SELECT RAISE(ABORT, 'a version of a card never changes'); END;
`;
