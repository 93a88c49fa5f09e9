/** The file of tokens: believed only when nobody else can write it, changed as a whole or not at all. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { makeToken } from "../../src/access/token.ts";
import { changeTokens, readTokens, TOKENS_BYTES_MAX, TokenFileError } from "../../src/access/token-file.ts";

const folder = mkdtempSync(join(tmpdir(), "canaduck-tokens-"));
after(() => rmSync(folder, { recursive: true }));

const { row } = makeToken("alice", "user", new Date());
let files = 0;

function fileWith(text: string, mode = 0o600): string {
  files += 1;
  const path = join(folder, `tokens-${files}.json`);
  writeFileSync(path, text, { mode });
  chmodSync(path, mode);
  return path;
}

function file(...tokens: object[]): string {
  return JSON.stringify({ version: 1, tokens });
}

function refused(path: string, why: RegExp): void {
  assert.throws(
    () => readTokens(path),
    (error) => error instanceof TokenFileError && why.test(error.message),
  );
}

test("what is written is read, is for its owner alone, and leaves nothing beside it", () => {
  const path = join(folder, "new folder", "tokens.json");
  assert.equal(readTokens(path), undefined);
  changeTokens(path, (rows) => [...rows, row]);
  assert.deepEqual(readTokens(path), [row]);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.equal(statSync(join(folder, "new folder")).mode & 0o777, 0o700);
  assert.deepEqual(readdirSync(join(folder, "new folder")), ["tokens.json"]);
});

test("a file that others can read or write is refused, whichever others", () => {
  for (const mode of [0o640, 0o620, 0o604, 0o602, 0o610, 0o601]) refused(fileWith(file(row), mode), /chmod 600/);
  assert.deepEqual(readTokens(fileWith(file(row), 0o400)), [row]);
});

test("a file of another shape is refused, and never said what stood in it", () => {
  const wrong = [
    "",
    "secret words",
    "[]",
    file({ ...row, role: "root" }),
    file({ ...row, hash: "abc" }),
    file({ ...row, token: "x" }),
    JSON.stringify({ version: 2, tokens: [] }),
  ];
  for (const text of wrong) refused(fileWith(text), /this is not a file of tokens$/);
  refused(fileWith(file(row, row)), /two tokens have one id$/);
  refused(fileWith(`${file(row)}${" ".repeat(TOKENS_BYTES_MAX)}`), /larger than/);
});

test("what is no file is refused and holds nobody up", () => {
  const pipe = join(folder, "pipe");
  execFileSync("mkfifo", ["-m", "600", pipe]);
  refused(pipe, /this is not a file$/);
  refused(folder, /this is not a file$/);
});

test("a change that throws, or is one too large, has changed nothing", () => {
  const path = fileWith(file(row));
  assert.throws(() => {
    changeTokens(path, () => {
      throw new Error("no");
    });
  }, /^Error: no$/);
  const many = Array.from({ length: 6000 }, () => makeToken("bob", "user", new Date()).row);
  assert.throws(() => changeTokens(path, () => many), /too many tokens/);
  assert.equal(readFileSync(path, "utf8"), file(row));
});

test("two changes at a time: the second is told so, and nothing is lost", () => {
  const path = fileWith(file(row));
  const other = makeToken("bob", "user", new Date()).row;
  changeTokens(path, (rows) => {
    assert.throws(
      () => changeTokens(path, () => []),
      (error) => error instanceof TokenFileError && error.kind === "locked",
    );
    return [...rows, other];
  });
  assert.deepEqual(readTokens(path), [row, other]);
});

test("a link to a file is read by the rules of the file", () => {
  const path = join(folder, "link.json");
  symlinkSync(fileWith(file(row), 0o644), path);
  refused(path, /chmod 600/);
});
