/** The site's policies: what was activated, by whom and why, and the one draft that is being worked on. */
export const SITE_POLICIES = `
CREATE TABLE site_policies (
  version INTEGER PRIMARY KEY,
  policy TEXT NOT NULL,
  activated_ms INTEGER NOT NULL,
  activated_by TEXT NOT NULL,
  reason_sealed BLOB NOT NULL
) STRICT;
CREATE TRIGGER site_policies_kept BEFORE DELETE ON site_policies
  BEGIN SELECT RAISE(ABORT, 'site_policies is append-only'); END;
CREATE TRIGGER site_policies_unchanged BEFORE UPDATE ON site_policies
  BEGIN SELECT RAISE(ABORT, 'site_policies is append-only'); END;
CREATE TABLE policy_draft (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  -- The version that it was made from: another one that is activated meanwhile is not overwritten unseen.
  based_on INTEGER NOT NULL,
  policy TEXT NOT NULL,
  saved_ms INTEGER NOT NULL,
  saved_by TEXT NOT NULL
) STRICT;
`;
