/**
 * The file of tokens: read by the server, changed by `canaduck token`.
 *
 * Whoever can write it can make himself an operator, so it is believed only when nobody else can: owned by this user or
 * root, mode 0600, of a bounded size, of the shape `schemas/tokens.json` gives it. A change is a new file, on disk before it takes
 * the old one's name; the new file is also the lock, so two changes at a time cannot lose one.
 */
import { closeSync, constants, fstatSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { makeFolder } from "../folder.ts";
import type { TokenRow } from "../protocol/generated/types.ts";
import { VALIDATORS } from "../protocol/generated/validators.ts";

/** About 4,000 tokens; each start and each change reads all of them. */
export const TOKENS_BYTES_MAX = 1024 * 1024;

/** Why the file cannot be used; the message is for the operator. `locked`: somebody else changes it right now. */
export class TokenFileError extends Error {
  readonly kind: "unusable" | "locked" | "unwritable";

  constructor(kind: TokenFileError["kind"], path: string, why: string) {
    super(`${path}: ${why}`);
    this.kind = kind;
  }
}

/** All tokens in the file, in the order they were made; undefined when there is no file. Throws `TokenFileError`. */
export function readTokens(path: string): TokenRow[] | undefined {
  const text = readPrivate(path);
  if (text === undefined) return undefined;
  const parsed = parse(text);
  if (!VALIDATORS.TokenFile(parsed)) throw new TokenFileError("unusable", path, "this is not a file of tokens");
  if (new Set(parsed.tokens.map(({ id }) => id)).size < parsed.tokens.length) {
    throw new TokenFileError("unusable", path, "two tokens have one id");
  }
  return parsed.tokens;
}

/** Replaces the file by what `change` makes of its tokens. When `change` throws, nothing has changed. Throws `TokenFileError`. */
export function changeTokens(path: string, change: (tokens: TokenRow[]) => TokenRow[]): void {
  const next = `${path}.new`;
  const descriptor = lock(path, next);
  try {
    const text = `${JSON.stringify({ version: 1, tokens: change(readTokens(path) ?? []) }, null, 2)}\n`;
    if (Buffer.byteLength(text) > TOKENS_BYTES_MAX) throw new TokenFileError("unwritable", path, "there are too many tokens");
    write(path, descriptor, text);
    renameSync(next, path);
  } catch (error) {
    rmSync(next, { force: true });
    throw error;
  } finally {
    closeSync(descriptor);
  }
  syncDirectory(dirname(path));
}

function readPrivate(path: string): string | undefined {
  let descriptor: number;
  try {
    // What is no file, such as a pipe nobody writes to, must not hold the server up.
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw new TokenFileError("unusable", path, `cannot be read (${codeOf(error)})`);
  }
  try {
    const { mode, uid, size } = fstatSync(descriptor);
    if ((mode & constants.S_IFMT) !== constants.S_IFREG) throw new TokenFileError("unusable", path, "this is not a file");
    if ((mode & 0o077) !== 0) throw new TokenFileError("unusable", path, "others may read or write it; run chmod 600 on it");
    if (uid !== 0 && uid !== process.geteuid?.()) throw new TokenFileError("unusable", path, "it belongs to another user");
    if (size > TOKENS_BYTES_MAX) throw new TokenFileError("unusable", path, `it is larger than ${TOKENS_BYTES_MAX} bytes`);
    return readFileSync(descriptor, "utf8");
  } finally {
    closeSync(descriptor);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function lock(path: string, next: string): number {
  try {
    makeFolder(dirname(path));
  } catch (error) {
    throw new TokenFileError("unwritable", path, `its folder cannot be made (${codeOf(error)})`);
  }
  try {
    return openSync(next, "wx", 0o600);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw new TokenFileError("unwritable", path, `cannot be written (${codeOf(error)})`);
    throw new TokenFileError("locked", path, `it is being changed; when nobody does, remove ${next}`);
  }
}

function write(path: string, descriptor: number, text: string): void {
  try {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
    fsyncSync(descriptor);
  } catch (error) {
    throw new TokenFileError("unwritable", path, `cannot be written (${codeOf(error)})`);
  }
}

function syncDirectory(directory: string): void {
  const descriptor = openSync(directory, "r");
  fsyncSync(descriptor);
  closeSync(descriptor);
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : String(error);
}
