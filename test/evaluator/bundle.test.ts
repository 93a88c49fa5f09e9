/** What functions share once they are bundled changes no answer: mathjs as it comes and mathjs as the jail has it, side by side. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { build, stop } from "esbuild";
import { BUNDLE } from "../../src/evaluator/bundle.ts";
import { freezeAll, reach } from "../../src/jail/freeze.ts";

type Signature = { params: readonly object[]; test: object };
type Typed = ((...args: unknown[]) => unknown) & { _typedFunctionData: { signatures: Signature[] } };
type Instance = Record<string, unknown> & { evaluate(text: string): unknown };
type Library = { make(): Instance };

const SAMPLES = "2 -2.5 true 3+i bignumber(2) fraction(1,3) 5cm [1,2] sparse([[1,0],[0,2]]) 'text' sqrt".split(" ");
/** They throw dice (also to find a median), make functions, or take their time. */
const LEFT_OUT =
  /^(?:mad|median|partitionSelect|quantileSeq|random|pickRandom|typed|import|create|config|chain|parser|compile|help|combinations|permutations|factorial|gamma)/;
const root = new URL("../../", import.meta.url).pathname;

async function bundle(folder: string, name: string, plugins: typeof BUNDLE.plugins): Promise<Instance> {
  const outfile = join(folder, `${name}.cjs`);
  const contents = 'import { all, create } from "mathjs"; export const make = () => create(all);';
  await build({ ...BUNDLE, minify: false, plugins, outfile, stdin: { contents, resolveDir: root } });
  const { make }: Library = createRequire(import.meta.url)(outfile);
  return make();
}

const isTyped = (value: unknown): value is Typed => typeof value === "function" && "_typedFunctionData" in value;

function typedOf(math: Instance): Map<string, Typed> {
  const found = Object.keys(math).filter((name) => !LEFT_OUT.test(name) && isTyped(math[name]));
  return new Map(found.map((name) => [name, math[name] as Typed]));
}

/** What each function says to no argument, to each sample, and to all pairs of them. */
function* answers(math: Instance): Generator<string> {
  const samples = SAMPLES.map((text) => [text, math.evaluate(text)] as const);
  const pairs = samples.flatMap((one) => samples.map((other) => [one, other]));
  const calls = [[], ...samples.map((one) => [one]), ...pairs];
  for (const [name, call] of typedOf(math)) {
    for (const args of calls) {
      const said = attempt(() => String(call(...args.map(([, value]) => value))));
      yield `${name}(${args.map(([text]) => text).join(", ")}): ${said}`;
    }
  }
}

function attempt(call: () => string): string {
  try {
    return call();
  } catch (error) {
    return String(error);
  }
}

describe("functions that share what describes their signatures", () => {
  const folder = mkdtempSync(join(tmpdir(), "bundle-"));
  let own: Instance;
  let shared: Instance;
  before(async () => {
    own = await bundle(folder, "own", []);
    shared = await bundle(folder, "shared", BUNDLE.plugins);
    await stop();
    for (const { _typedFunctionData } of typedOf(shared).values()) freezeAll(reach([_typedFunctionData.signatures], prototypes));
  });
  after(() => rmSync(folder, { recursive: true }));

  /** Everything but what describes signatures is left as it is. */
  const prototypes = { has: (value: object) => typeof value === "function" || Reflect.ownKeys(value).includes("constructor") };

  test("answer the same, errors included, also when all of it is frozen", () => {
    const expected = answers(own);
    let count = 0;
    for (const answer of answers(shared)) {
      assert.equal(answer, expected.next().value);
      count += 1;
    }
    assert.equal(expected.next().done, true);
    assert.ok(count > 15_000, `${count} calls`);
  });

  test("share it", () => {
    const count = (math: Instance, partsOf: (signature: Signature) => readonly object[]): number =>
      new Set([...typedOf(math).values()].flatMap(({ _typedFunctionData: { signatures } }) => signatures.flatMap(partsOf))).size;
    const [mine, theirs] = [shared, own].map((math) => [
      count(math, ({ params }) => params),
      count(math, ({ test: one }) => [one]),
    ]);
    assert.ok(Number(mine?.[0]) < 100 && Number(theirs?.[0]) > 4_000, `parameters: ${mine?.[0]}, ${theirs?.[0]}`);
    assert.ok(Number(mine?.[1]) * 2 < Number(theirs?.[1]), `tests: ${mine?.[1]}, ${theirs?.[1]}`);
  });

  test("keep nothing of what is defined with many parameters", () => {
    const paramsOf = (count: number): readonly object[] => {
      const names = Array.from({ length: count }, (_, at) => `x${at}`);
      const made = shared.evaluate(`f(${names.join(", ")}) = 1`) as Typed;
      return made._typedFunctionData.signatures[0]?.params ?? assert.fail("it has no signature");
    };
    assert.equal(paramsOf(2), paramsOf(2));
    assert.notEqual(paramsOf(9), paramsOf(9));
  });
});
