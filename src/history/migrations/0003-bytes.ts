/**
 * What the entries of each ledger take, so that its share of the store can be kept without adding them up at every append.
 * `entryBytesSql` counts as `entryBytes` of accepted.ts does: a row's texts in UTF-8, and 200 bytes beside.
 */
export const entryBytesSql =
  "octet_length(expression) + octet_length(outcome) + octet_length(summary) + coalesce(octet_length(key), 0) + 200";

export const bytes = `
ALTER TABLE ledgers ADD COLUMN bytes INTEGER NOT NULL DEFAULT 0;
UPDATE ledgers SET bytes = (SELECT coalesce(sum(${entryBytesSql}), 0) FROM entries WHERE ledger = number);
`;
