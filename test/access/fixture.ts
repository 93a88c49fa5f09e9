/** A folder with a file of tokens, as `canaduck token` makes it, gone after the test. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import type { Role } from "../../src/access/role.ts";
import { makeToken } from "../../src/access/token.ts";
import { changeTokens } from "../../src/access/token-file.ts";

export type Desk = {
  folder: string;
  tokens: string;
  issue(name: string, role: Role): string;
  promote(name: string, role: Role): void;
  revoke(name: string): void;
};

export function openDesk(t: TestContext): Desk {
  const folder = mkdtempSync(join(tmpdir(), "canaduck-access-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const tokens = join(folder, "tokens.json");
  return {
    folder,
    tokens,
    issue(name, role) {
      const { secret, row } = makeToken(name, role, new Date());
      changeTokens(tokens, (rows) => [...rows, row]);
      return secret;
    },
    promote(name, role) {
      changeTokens(tokens, (rows) => rows.map((row) => (row.name === name ? { ...row, role } : row)));
    },
    revoke(name) {
      const revokedAt = new Date().toISOString();
      changeTokens(tokens, (rows) => rows.map((row) => (row.name === name ? { ...row, revokedAt } : row)));
    },
  };
}
