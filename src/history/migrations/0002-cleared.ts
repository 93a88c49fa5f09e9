/**
 * Where the chain of a ledger begins once its owner cleared entries: the seq and the hash of the last one that went. The
 * first entry that is left hashes it as its predecessor, so the rest stays provable, and `last_seq` stays, so no number is
 * used twice.
 */
export const cleared = `
ALTER TABLE ledgers ADD COLUMN cleared_seq INTEGER NOT NULL DEFAULT 0;
ALTER TABLE ledgers ADD COLUMN cleared_hash TEXT NOT NULL DEFAULT '0000000000000000000000000000000000000000000000000000000000000000';
`;
