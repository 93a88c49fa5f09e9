/**
 * Stands in for `src/jail/calculator.ts` in the test-only bundle: the same calculator, with four requests more.
 * `#realm` answers the digest of the realm; `#loose` what of the language can be changed; `#poison what` does the harm that an escape would do, so that a test can see
 * the digest notice it; `#probe id` runs a probe and answers its evidence, or what stopped it.
 */
import { type Calculator, makeCalculator as makeRealCalculator } from "../../src/jail/calculator.ts";
import type { Engine } from "../../src/jail/engine.ts";
import { reach } from "../../src/jail/freeze.ts";
import { REALM_PROBES, target } from "../../src/jail/probe-realm.ts";
import { makeRealmDigest } from "./realm.ts";
import { made } from "./realm-engine.ts";

/** Each changes one thing that later jobs could notice. */
export const POISONS: Record<string, (engine: Engine) => void> = {
  "a name in the namespace": ({ namespace }) => Object.assign(namespace, { evil: 1 }),
  "another function of the same name": ({ namespace }) => Object.assign(namespace, { sqrt: (x: unknown) => x }),
  "a signature": ({ namespace }) => Object.assign(Object(namespace["add"]).signatures, { "number, number": () => 666 }),
  "a conversion": ({ math }) =>
    math.typed.addConversion({ from: "function", to: "number", convert: () => 666 } as Parameters<
      Engine["math"]["typed"]["addConversion"]
    >[0]),
  "a method of units": ({ math }) => Object.assign(math.Unit.prototype, { toNumber: () => 666 }),
  "a unit": ({ math }) => Object.assign(math.Unit.UNITS, { evil: Object.values(math.Unit.UNITS)[0] }),
  "the size of a unit": ({ math }) => Object.assign(Object(math.Unit.UNITS["inch"]), { value: 1 }),
  "a setting": ({ math }) => Object.assign(math, { matrixOf: math.config({ matrix: "Array" } as object) }),
  "a constant in place": ({ namespace }) => Object.assign(Object(namespace["i"]), { im: 2 }),
  "a global": () => Object.assign(globalThis, { __pwned: 1 }),
};

const { stringify } = JSON;

/** What can be reached from the global object, from what each kind of literal inherits, and is not frozen. */
function findLoose(): string {
  const literals = [
    [].values(),
    new Map().entries(),
    new Set().values(),
    "".matchAll(/x/g),
    ""[Symbol.iterator](),
    [].values().map(String),
  ];
  const functions = [() => 1, function* () {}, async () => 1, async function* () {}];
  const parents = [...literals, ...functions].map((made) => Object.getPrototypeOf(made));
  const loose = [...reach([globalThis, ...parents])].filter((one) => !Object.isFrozen(one) && !ArrayBuffer.isView(one));
  return loose.map((one) => Reflect.ownKeys(one).map(String).join()).join("; ");
}

function probe(id: string): string {
  try {
    return `reached: ${REALM_PROBES.find((each) => each.id === id)?.attack({})}`;
  } catch (error) {
    return `stopped: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** @public Imported by `src/jail/main.ts` once it is bundled. */
export function makeCalculator(): Calculator {
  const calculator = makeRealCalculator();
  const { engine } = made;
  if (engine === undefined) throw new Error("the bundle is not tapped");
  target.engine = engine;
  const digest = makeRealmDigest(engine);
  const answerText = (id: number, text: string): string =>
    `{"id":${id},"value":{"type":"string","value":"","text":${stringify(text)}},"us":0}`;
  return {
    ...calculator,
    answer(plan) {
      const { id, expression } = plan.job;
      if (expression === "#loose") return answerText(id, findLoose());
      if (expression === "#realm") return answerText(id, stringify(digest()));
      if (expression.startsWith("#probe ")) return answerText(id, probe(expression.slice("#probe ".length)));
      if (!expression.startsWith("#poison ")) return calculator.answer(plan);
      POISONS[expression.slice("#poison ".length)]?.(engine);
      return answerText(id, "done");
    },
  };
}
