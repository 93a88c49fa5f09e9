/**
 * `canaduck selfcheck` as a person runs it, and proof that it can fail: each trial against ground that does not hold, and
 * the exit status of each kind of finding.
 */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { tryBombs } from "../../src/cli/bomb-trial.ts";
import { type Reference, type Row, readReferences } from "../../src/cli/corpus.ts";
import { tryEscapes } from "../../src/cli/escape-trial.ts";
import { tryProbes } from "../../src/cli/probe-trial.ts";
import { plain } from "../../src/cli/render.ts";
import { type Report, reportLines, statusOf } from "../../src/cli/selfcheck-report.ts";
import type { Course, End, Finding } from "../../src/cli/trial.ts";
import type { Evaluator } from "../../src/evaluator/evaluator.ts";
import { prepareGround } from "../../src/evaluator/open.ts";
import { openAsking, options } from "../evaluator/asking.ts";
import { run } from "./running.ts";

const patient: Course = { isOver: () => false, done: () => undefined };
const spent: Course = { isOver: () => true, done: () => undefined };
const COUNTS = { door: 8, escapes: 366, references: 31, bombs: 215, bait: 1, memory: 1, processes: 1 };
const PROBES_MIN = 150;
/** For a machine that others use too; the command's own bound is for one of its own. */
const PATIENCE_SECONDS = "600";

/** Takes twice as long for each step of its argument. */
const DOUBLING = "f(n) = n < 1 ? 0 : f(n - 1) + f(n - 1)";

const row = (id: string, expression: string, expect: string[]): Row => ({ id, expression, expect });
const endsOf = (findings: readonly Finding[]): Record<string, End> =>
  Object.fromEntries(findings.map(({ id, end }) => [id, end]));

function reportOf(end: End, changes: Partial<Report> = {}): Report {
  const findings: Finding[] = [
    { id: "held", end: "L1", by: "" },
    { id: "other", end, by: "a sign" },
  ];
  return { version: "1", jail: "prefer", seconds: 1, layers: [], trials: [{ name: "escapes", findings }], ...changes };
}

describe("canaduck selfcheck", () => {
  test("tries everything, and everything holds", async (t) => {
    const { status, stdout, stderr } = await run(["selfcheck", "--json", "--seconds", PATIENCE_SECONDS]);
    assert.equal(stderr, "");
    const { held, seconds, layers, trials } = JSON.parse(stdout);
    t.diagnostic(
      `${seconds} seconds; ${JSON.stringify(trials.map(({ name, ends }: Report["trials"][0] & { ends: object }) => [name, ends]))}`,
    );
    assert.deepEqual(
      trials.flatMap(({ complaints }: { complaints: Finding[] }) => complaints).filter(({ end }: Finding) => end !== "missing"),
      [],
    );
    assert.equal(held, true);
    assert.equal(status, 0);
    assert.ok(layers.length >= 10);
    const { probes, ...counts } = Object.fromEntries(
      trials.map(({ name, count }: { name: string; count: number }) => [name, count]),
    );
    assert.deepEqual(counts, COUNTS);
    assert.ok(probes >= PROBES_MIN, `${probes} probes`);
  });

  test("that runs out of time shows the table, says so and is no success", async () => {
    const { status, stdout } = await run(["selfcheck", "--seconds", "1"]);
    assert.equal(status, 75);
    assert.match(stdout, /^stopped by +stands +door +escapes +probes +bombs$/m);
    assert.match(stdout, /^L1 gate +yes/m);
    assert.match(stdout, /^not tried /m);
    assert.match(stdout, /What was tried held; \d+ were not tried/);
    assert.ok(!stdout.includes("\u001b"), "no colours outside a terminal");
  });
});

describe("a trial notices", () => {
  test("an escape that is answered, and references that are answered otherwise", async () => {
    await using asking = await openAsking();
    const corpus = new Map([
      ["one", [row("wrong", "1 + 1", ["access_refused"]), row("right", "cos.constructor", ["access_refused"])]],
    ]);
    const [reference] = readReferences();
    assert.ok(reference);
    const [escapes, references] = await tryEscapes(asking.evaluator, corpus, [{ ...reference, answer: {} }], patient);
    assert.deepEqual(endsOf(escapes.findings), { wrong: "through", right: "L1" });
    assert.deepEqual(endsOf(references.findings), { one: "through" });
  });

  test("a reference that no try answers in time, and does not call it an attack; one answered otherwise besides still is", async () => {
    await using asking = await openAsking();
    const endless: Reference = { expression: `${DOUBLING}; f(60)`, variables: {}, answer: {} };
    const wrong: Reference = { expression: "1 + 1", variables: {}, answer: {} };
    for (const [asked, end] of [
      [[endless], "unjudged"],
      [[endless, wrong], "through"],
    ] as const) {
      const [, references] = await tryEscapes(asking.evaluator, new Map([["one", []]]), asked, patient);
      assert.deepEqual(endsOf(references.findings), { one: end });
    }
  });

  test("a reference that met its deadline, and asks again", async () => {
    await using asking = await openAsking();
    const expression = `${DOUBLING}; f(18)`;
    const { value } = await asking.ask(expression, { timeMs: options.timeMsMax });
    assert.ok(value);
    let tries = 0;
    const hasty: Evaluator = {
      ...asking.evaluator,
      evaluate: (request, tell) => asking.evaluator.evaluate({ ...request, timeMs: ++tries < 3 ? 1 : options.timeMsMax }, tell),
    };
    const slow: Reference = { expression, variables: {}, answer: { value } };
    const [, references] = await tryEscapes(hasty, new Map([["one", []]]), [slow], patient);
    assert.deepEqual([endsOf(references.findings), tries], [{ one: "answer" }, 3]);
  });

  test("a bomb that is answered otherwise", async () => {
    await using asking = await openAsking();
    const corpus = new Map([["one", [row("wrong", "1 + 1", ["= 3"]), row("right", "1:1e9", ["memory_limit"])]]]);
    const { findings } = await tryBombs(asking.evaluator, corpus, options.timeMs, patient);
    assert.deepEqual(endsOf(findings), { wrong: "through", right: "L2" });
  });

  test("layers that are believed to stand and do not, and tells them from those known to be missing", async () => {
    const ground = await prepareGround(options);
    const bare = { ...ground, confinement: { ...ground.confinement, leftOut: ["L4", "L6"] as const } };
    const [believed, bait] = await tryProbes(bare, new Set(), patient);
    const through = believed.findings.filter(({ end }) => end === "through");
    assert.ok(through.length >= 20, `${through.length} got through`);
    assert.deepEqual(endsOf(bait.findings), { bait: "through" });
    const [known] = await tryProbes(bare, new Set(["L4", "L6"]), patient);
    assert.ok(known.findings.some(({ end }) => end === "missing"));
    // In a process that may open files, the probes before this one have.
    const unexcused = known.findings.filter(({ id, end }) => end === "through" && id !== "given-descriptors");
    assert.deepEqual(unexcused, []);
  });

  test("that it was not tried", async () => {
    await using asking = await openAsking();
    const corpus = new Map([["one", [row("a", "1", []), row("b", "2", [])]]]);
    const [escapes, references] = await tryEscapes(asking.evaluator, corpus, [], spent);
    assert.deepEqual(endsOf(escapes.findings), { a: "untried", b: "untried" });
    assert.deepEqual(endsOf(references.findings), { one: "untried" });
  });
});

test("the exit status tells the worst", () => {
  const fallen = [{ id: "L6.files", name: "files", stands: false, how: "" }];
  assert.equal(statusOf(reportOf("answer")), 0);
  assert.equal(statusOf(reportOf("through")), 1);
  assert.equal(statusOf(reportOf("untried")), 75);
  assert.equal(statusOf(reportOf("unjudged")), 75);
  assert.match(
    reportLines(reportOf("unjudged"), plain).join("\n"),
    /escapes other: not judged: a sign\nWhat .* 1 could not be judged/,
  );
  assert.equal(statusOf(reportOf("missing", { layers: fallen })), 0);
  assert.equal(statusOf(reportOf("missing", { layers: fallen, jail: "require" })), 1);
  assert.equal(statusOf(reportOf("answer", { layers: fallen, jail: "require" })), 1);
  const lines = reportLines(reportOf("through", { layers: fallen }), plain).join("\n");
  assert.match(lines, /^GOT THROUGH +1$/m);
  assert.match(lines, /^L6 kernel +NO/m);
  assert.match(lines, /escapes other: a sign/);
});
