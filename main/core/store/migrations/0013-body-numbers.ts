/** The number of the newest block of messages. Messages name their block for good, so none is ever given twice. */
export const BODY_NUMBERS = `
CREATE TABLE body_numbers (one INTEGER PRIMARY KEY CHECK (one = 1), last INTEGER NOT NULL) STRICT;
INSERT INTO body_numbers (one, last)
  SELECT 1, newest FROM (SELECT max(
    coalesce((SELECT max(id) FROM message_bodies), 0),
    coalesce((SELECT body FROM messages WHERE body IS NOT NULL ORDER BY id DESC LIMIT 1), 0)) AS newest)
  WHERE newest > 0;
`;
