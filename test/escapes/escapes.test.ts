/**
 * Every known way out of mathjs, and ours: each ends in a safe answer or a named error, and leaves nothing behind.
 * After each, in the same jailed process, 40 reference calculations still give byte-identical answers and the digest of
 * the realm is unchanged; so nothing that one client writes can reach the next one's answer.
 *
 * To add an expression, write a row into a file of this folder.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import {
  CORPORA,
  dangerOf,
  isAnswered,
  isExpected,
  jobOf,
  type Row,
  readCorpus,
  readReferences,
  storedOf,
} from "../../src/cli/corpus.ts";
import type { Heard } from "../../src/evaluator/pipe.ts";
import { POISONS } from "../jail/realm-calculator.ts";
import { buildRealm, type RealmBuild, RealmProcess } from "../jail/realm-process.ts";
import { Line, start } from "../system/running.ts";

const corpus = readCorpus(CORPORA.escapes);
const references = readReferences();
const REALM = { expression: "#realm" };

/** An examined process: restarted when an expression kills it, or when it no longer is what it was. */
class Examiner {
  readonly #build: RealmBuild;
  #process: RealmProcess | undefined;
  #realm = "";

  constructor(build: RealmBuild) {
    this.#build = build;
  }

  /** Asks what the row asks, then examines the process. Gives the last outcome; none when it hung and was killed, as bombs are. */
  async try(row: Row): Promise<Heard | undefined> {
    try {
      return await this.#tryOn(await this.#start(), row);
    } catch (error) {
      await this.close(); // the next row shall find a process that is as it should be
      throw error;
    }
  }

  async #tryOn(process: RealmProcess, row: Row): Promise<Heard | undefined> {
    const variables = storedOf(row);
    for (const expression of row.before ?? []) {
      const [outcome] = await process.ask([jobOf(row, expression, variables)]);
      if (outcome === undefined) return this.#killed();
      for (const [name, { text }] of Object.entries(outcome.value?.assigned ?? {})) variables[name] = text;
    }
    const [outcome, ...rest] = await process.ask([jobOf(row, row.expression, variables), ...references, REALM]);
    if (outcome === undefined) return this.#killed();
    const realm = rest.pop()?.value?.text;
    assert.equal(realm, this.#realm, "the realm was changed");
    for (const [at, reference] of references.entries())
      assert.ok(isAnswered(reference, rest[at]), `${reference.expression} is answered otherwise`);
    return outcome;
  }

  /** Does harm, and tells whether the digest noticed it. */
  async poison(what: string): Promise<boolean> {
    const process = await this.#start();
    const [done, realm] = await process.ask([{ expression: `#poison ${what}` }, REALM]);
    assert.equal(done?.value?.text, "done");
    const isNoticed = realm?.value?.text !== this.#realm;
    this.#realm = realm?.value?.text ?? "";
    return isNoticed;
  }

  /** True when the process gives every reference its right answer. */
  async isRight(): Promise<boolean> {
    return answersAreRight(await (await this.#start()).ask(references));
  }

  async close(): Promise<void> {
    await this.#process?.close();
    this.#process = undefined;
  }

  /** The realm counts from when every number system and every reference has been used: what is made lazily is made then. */
  async #start(): Promise<RealmProcess> {
    if (this.#process !== undefined) return this.#process;
    this.#process = await RealmProcess.start(this.#build);
    const outcomes = await this.#process.ask([...references, REALM, ...references, REALM]);
    this.#realm = outcomes.at(-1)?.value?.text ?? "";
    return this.#process;
  }

  async #killed(): Promise<undefined> {
    await this.close();
    return undefined;
  }
}

const answersAreRight = (outcomes: readonly Heard[]): boolean =>
  references.every((reference, at) => isAnswered(reference, outcomes[at]));

function assertSafe(answer: object | undefined): void {
  assert.equal(dangerOf(answer), undefined);
}

function assertExpected(row: Row, name: string | undefined): void {
  assert.ok(isExpected(row, name ?? "="), `${row.id} ${row.expression} ended in ${name ?? "an answer"}`);
}

describe("escapes", { concurrency: 2 }, () => {
  let build: RealmBuild;
  /** Without what closes the realm: there harm can be done, and must be noticed. */
  let openBuild: RealmBuild;
  const idle: Examiner[] = [];
  /** Each of the tests that run at a time has a process to itself. */
  const examine = async (use: (examiner: Examiner) => Promise<void>): Promise<void> => {
    const examiner = idle.pop() ?? new Examiner(build);
    await use(examiner).finally(() => idle.push(examiner));
  };
  before(async () => {
    build = await buildRealm();
    openBuild = await buildRealm({ open: true });
  });
  after(async () => {
    for (const examiner of idle) await examiner.close();
    build.remove();
    openBuild.remove();
  });

  test("40 references have their answers in a new process", () =>
    examine(async (examiner) => {
      assert.equal(references.length, 40);
      assert.equal(await examiner.isRight(), true);
    }));

  for (const [family, rows] of corpus) {
    test(`${family}: ${rows.length} leave nothing behind`, () =>
      examine(async (examiner) => {
        for (const row of rows) {
          const outcome = await examiner
            .try(row)
            .catch((error: Error) => assert.fail(`${row.id} ${row.expression}: ${error.message}`));
          assertSafe(outcome?.value ?? outcome?.checked ?? outcome?.failure);
          assertExpected(row, outcome?.failure?.name);
        }
      }));
  }

  test("the references notice what changes answers, and nothing else", async () => {
    const examiner = new Examiner(openBuild);
    await examiner.poison("a name in the namespace");
    assert.equal(await examiner.isRight(), true);
    await examiner.poison("the size of a unit");
    assert.equal(await examiner.isRight(), false);
    await examiner.close();
  });

  test("the digest notices whatever is changed", async () => {
    const examiner = new Examiner(openBuild);
    for (const what of Object.keys(POISONS)) assert.equal(await examiner.poison(what), true, what);
    await examiner.close();
  });
});

describe("escapes over the wire", () => {
  test("each is answered by name, and never as a breakdown", async () => {
    const running = await start();
    try {
      for (const row of [...corpus.values()].flat()) if (!row.stored) await assertAnswered(row, running.port);
    } finally {
      await running.close();
    }
  });
});

async function assertAnswered(row: Row, port: number): Promise<void> {
  const line = await Line.to(port);
  try {
    for (const expression of row.before ?? []) await line.calc(expression, row.settings);
    const params = { expression: row.expression, ...(row.kind ? {} : { ...row.settings, variables: row.variables }) };
    const { result, error } = await line.call(row.kind ? "calc.check" : "calc.evaluate", params);
    const name = error?.data.name;
    assert.ok(result !== undefined || name !== undefined, `${row.id}: neither result nor error`);
    assert.ok(!["internal_error", "engine_crashed", "server_busy"].includes(name), `${row.id} ${row.expression}: ${name}`);
    assertSafe(result ?? { ...error.data, excerpt: undefined });
    // The schema of the method lets no object through; the jail is tried with them all the same, in the tests above.
    if (name !== "invalid_params" || row.variables === undefined) assertExpected(row, name);
  } finally {
    line.close();
  }
}
