/**
 * A token: `ckt_`, 16 hex digits of an id that is no secret, `_`, 64 hex digits that are.
 *
 * Only the SHA-256 of the whole is kept. A slow hash (bcrypt, scrypt) makes weak passwords dear to guess; here are 256 random
 * bits, which nobody guesses at any speed, and a slow hash would only let strangers spend the server's time.
 */
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { Role, TokenRow } from "../protocol/generated/types.ts";

const FORM = /^ckt_([0-9a-f]{16})_[0-9a-f]{64}$/;

export type { TokenRow };

/** No secret hashes to it, so an id that is not there is compared like one that is. */
const NOTHING = "0".repeat(64);

/** A new token: the secret, which is shown once, and the row that is kept. */
export function makeToken(name: string, role: Role, now: Date): { secret: string; row: TokenRow } {
  const id = randomBytes(8).toString("hex");
  const secret = `ckt_${id}_${randomBytes(32).toString("hex")}`;
  return { secret, row: { id, name, role, hash: hashOf(secret).toString("hex"), createdAt: now.toISOString() } };
}

/** The row a secret belongs to, revoked ones left out; undefined when there is none. Its time tells nothing of any hash. */
export function findToken(rows: ReadonlyMap<string, TokenRow>, secret: string): TokenRow | undefined {
  const row = rows.get(FORM.exec(secret)?.[1] ?? "");
  const isSame = timingSafeEqual(hashOf(secret), Buffer.from(row?.hash ?? NOTHING, "hex"));
  return isSame && row?.revokedAt === undefined ? row : undefined;
}

function hashOf(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}
