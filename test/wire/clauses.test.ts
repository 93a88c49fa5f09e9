/**
 * Every sentence of docs/PROTOCOL.md on frames, messages and sessions has its proof, every clause of the corpus proves one,
 * and docs/CONFORMANCE.md shows which cases.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readCorpus } from "../../scripts/conformance/corpus.ts";
import { assertKept } from "../kept.ts";
import { ELSEWHERE, PROOFS } from "./clauses.ts";

const ROOT = new URL("../../", import.meta.url);
const PAGE = new URL("docs/CONFORMANCE.md", ROOT);
/** Sentences that ask something of a client, or promise nothing: there is nothing a server could fail. */
const UNPROVEN = 3;

const rows = Object.values(PROOFS).flat();
/** By clause, the cases that stand together: the first number and the last. */
const cases = new Map<string, [first: number, last: number][]>();
let before = "";
for (const { clause, number } of readCorpus()) {
  const runs = cases.get(clause) ?? [];
  const last = runs.at(-1);
  if (clause === before && last !== undefined) last[1] = number;
  else cases.set(clause, [...runs, [number, number]]);
  before = clause;
}

/** The sentences of one section, each on one line; of a table its rows. */
function sentencesOf(title: string): string[] {
  const page = readFileSync(new URL("docs/PROTOCOL.md", ROOT), "utf8");
  const start = page.indexOf(`\n## ${title}\n`);
  assert.ok(start > 0, `there is no section ${title}`);
  const section = page.slice(page.indexOf("\n", start + 1), page.indexOf("\n## ", start + 1)).replace(/```[\s\S]*?```/g, "");
  const blocks = section
    .split(/\n(?=- )|\n\n/)
    .flatMap((block) => (block.startsWith("|") ? block.split("\n").slice(2) : [block]));
  return blocks.flatMap((block) =>
    block
      .replace(/^- /, "")
      .replace(/\s+/g, " ")
      .trim()
      .split(/(?<=\.) (?=[A-Z`])/)
      .filter((sentence) => sentence !== ""),
  );
}

test("every sentence of the page has a row, and every row is a sentence of the page", () => {
  for (const [title, proofs] of Object.entries(PROOFS)) {
    assert.deepEqual(
      proofs.map(([sentence]) => sentence),
      sentencesOf(title),
    );
  }
  assert.equal(rows.filter((row) => row.length === 1).length, UNPROVEN);
});

test("every proof is there, and every clause of the corpus proves a sentence", () => {
  for (const [sentence, ...proofs] of rows) {
    for (const proof of proofs) assert.equal(missing(proof), "", sentence);
  }
  const named = new Set(rows.flatMap(([, ...proofs]) => proofs));
  assert.deepEqual(
    [...cases.keys()].filter((clause) => !named.has(clause) && !ELSEWHERE.test(clause)),
    [],
  );
  assert.notEqual(missing("PROTOCOL.md, Frames: no such clause"), "");
  assert.notEqual(missing("test/wire/stages.ts: no such words"), "");
});

/** Why the proof is none, or nothing. */
function missing(proof: string): string {
  if (!proof.startsWith("test/")) return cases.has(proof) ? "" : `no case has the clause ${proof}`;
  const [path = "", words = ""] = proof.split(/: (.*)/);
  return readFileSync(new URL(path, ROOT), "utf8").includes(words) ? "" : `${path} does not say ${words}`;
}

test("docs/CONFORMANCE.md shows the proofs", () => {
  const page = readFileSync(PAGE, "utf8");
  const table = rows.map(
    ([sentence, ...proofs]) =>
      `| ${inCell(sentence)} | ${[...new Set(proofs.map(tell))].join(", ") || "asks nothing of a server"} |\n`,
  );
  const [head, tail] = [page.slice(0, page.indexOf("<!-- clauses -->")), page.slice(page.indexOf("<!-- end of clauses -->"))];
  assertKept(PAGE, `${head}<!-- clauses -->\n| clause | proved by |\n|---|---|\n${table.join("")}${tail}`);
});

/** A row of a table within a cell of another. */
function inCell(sentence: string): string {
  return sentence.startsWith("|") ? sentence.slice(2, -2).replace(" | ", ": ") : sentence;
}

/** Cases by their numbers, the others by their file. */
function tell(proof: string): string {
  const runs = cases.get(proof);
  if (runs === undefined) return `\`${proof.slice(0, proof.indexOf(": "))}\``;
  return runs.map(([first, last]) => (first === last ? `${first}` : `${first} to ${last}`)).join(", ");
}
