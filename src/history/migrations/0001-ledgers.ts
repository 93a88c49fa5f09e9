/**
 * First schema. `ledgers.number` is never used twice, so entries of a forgotten ledger that still wait for their removal
 * (listed in `forgotten`) can never be taken for those of a new one. `entries` is in order of arrival, not clustered by
 * ledger: a commit then writes a few full pages and not one page for each ledger, which measured 1.4 to 1.7 times the
 * rows a second with 100 ledgers in turn.
 */
export const ledgers = `
CREATE TABLE ledgers (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  resume_hash TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  seen_at INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  last_hash TEXT NOT NULL
) STRICT;

CREATE TABLE entries (
  ledger INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  at INTEGER NOT NULL,
  expression TEXT NOT NULL,
  outcome TEXT NOT NULL,
  summary TEXT NOT NULL,
  failed INTEGER NOT NULL,
  elapsed_us INTEGER NOT NULL,
  key TEXT,
  request_hash TEXT,
  hash TEXT NOT NULL,
  PRIMARY KEY (ledger, seq)
) STRICT;

CREATE UNIQUE INDEX entries_key ON entries (ledger, key) WHERE key IS NOT NULL;

CREATE TABLE forgotten (
  ledger INTEGER PRIMARY KEY,
  last_seq INTEGER NOT NULL
) STRICT;
`;
