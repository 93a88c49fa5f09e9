import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { isUnsafeName } from "../../src/jail/allowlist.ts";
import { makeEngine } from "../../src/jail/engine.ts";
import { decode, encode } from "../../src/jail/stored.ts";
import { evaluated, failureOf, openSession } from "./asking.ts";

const { math } = makeEngine(
  (text, parse) => parse(text),
  () => undefined,
);
const roundTrip = (value: unknown): unknown => decode(JSON.parse(JSON.stringify(encode(value))), math);

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const leaf = fc.oneof(
  fc.double(),
  fc.string(),
  fc.boolean(),
  fc.constant(null),
  fc.constant(undefined),
  fc.bigInt(),
  fc.tuple(finite, finite).map(([re, im]) => math.Complex.fromJSON({ re, im })),
  finite.map((value) => math.BigNumber.fromJSON({ value: String(value) })),
  fc.tuple(fc.integer(), fc.integer({ min: 1 })).map(([n, d]) => new math.Fraction(n, d)),
  fc.tuple(finite, fc.constantFrom("cm", "inch", "m / s^2", "degC", "kWh")).map(([value, unit]) => new math.Unit(value, unit)),
);
const key = fc.oneof(
  fc.constant("mathjs"),
  fc.constantFrom("isNode", "isMatrix", "size"),
  fc.string().filter((text) => !isUnsafeName(text)),
);
const anyValue = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    leaf,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

test("every value comes back as it was", () => {
  fc.assert(fc.property(anyValue, (value) => assert.deepStrictEqual(roundTrip(value), withoutUndefined(value))));
});

/** JSON objects have no undefined members; a missing member reads as undefined in an expression all the same. */
function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  if ("mathjs" in value) return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutUndefined(inner)]));
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => (inner === undefined ? [] : [[name, withoutUndefined(inner)]])),
  );
}

const KEPT = [
  "[1, 2; 3, 4]",
  "sparse([[1, 0], [0, 3]])",
  "3 + 4i",
  "bignumber(1) / 3",
  "fraction(1, 3)",
  "bigint(12345678901234567890)",
  "5 inch + 1 cm",
  "2 kg m / s^2",
  "-0",
  "1 / 0",
  '"text"',
  "{a: [1, {b: 2 cm}], mathjs: 3}",
  '{mathjs: "Complex", re: 1, im: 2}',
  "{isNode: true, isMatrix: true, isUnit: true, x: 1}",
  'parse("x ^ 2 + y")',
  "true",
  "null",
  "1; 2; 3",
];

for (const expression of KEPT) {
  test(`${expression} is kept`, () => {
    const { ask } = openSession();
    const first = ask(expression.includes(";") ? `v = evaluate("${expression}")` : `v = ${expression}`);
    const again = ask("v");
    assert.deepEqual([again.type, again.value, again.text], [first.type, first.value, first.text]);
  });
}

test("functions see the variables of the moment, call themselves and each other", () => {
  const { ask, variables } = openSession();
  ask("x = 3");
  assert.deepEqual(ask("f(t) = t^2 + x").assigned?.["f"], { text: '{"f":"f(t) = t ^ 2 + x"}', type: "function", needs: ["x"] });
  assert.equal(ask("f(4)").value, 19);
  ask("x = 0");
  assert.equal(ask("f(4)").value, 16);
  assert.equal(ask("fact(n) = n < 2 ? 1 : n * fact(n - 1)").assigned?.["fact"]?.needs, undefined);
  assert.equal(ask("fact(10)").value, 3_628_800);
  ask("g(t) = f(t) + fact(3)");
  assert.equal(ask("g(2)").value, 10);
  assert.deepEqual(Object.keys(variables), ["x", "f", "fact", "g"]);
});

test("an alias is kept: of a built-in, of a function, of a recursive one", () => {
  const { ask, variables } = openSession();
  ask("h = sqrt");
  assert.equal(ask("h(16)").value, 4);
  ask("fact(n) = n < 2 ? 1 : n * fact(n - 1)");
  assert.deepEqual(ask("k = fact").assigned?.["k"]?.needs, ["fact"]);
  assert.equal(ask("k(5)").value, 120);
  assert.deepEqual(Object.keys(variables), ["h", "fact", "k"]);
});

test("reading a function does not assign the name it once had", () => {
  const { ask } = openSession();
  ask("f(x) = x + 1");
  ask("g = f");
  assert.equal(ask("g(1)").assigned, undefined);
});

test("a function that holds on to parameters around it is a result, and not kept", () => {
  const { ask } = openSession();
  ask("make(n) = (inner(x) = x + n)");
  const made = ask("k = make(3)");
  assert.equal(made.type, "function");
  assert.equal(made.assigned, undefined);
  assert.match(made.warnings?.join() ?? "", /k is not kept: it uses parameters/);
  assert.equal(ask("k2 = make(3); k2(4)").text, "[7]");
  assert.match(ask("q = {f: sqrt}").warnings?.join() ?? "", /q is not kept/);
});

test("where digits are bigints, a function keeps its plain numbers", () => {
  const { ask } = openSession({ number: "bigint" });
  for (const [body, text] of [
    ["n * 13%", "0.91"],
    ["n / 2.0", "3.5"],
    ["n / 2", "3"],
    ["n + 10000.0", "10007"],
    ["n + 0.5", "7.5"],
    ["n - 1e2", "-93"],
  ] as const) {
    assert.equal(ask(`f(n) = ${body}; f(7)`).text, `[${text}]`);
    assert.equal(ask("f(7)").text, text);
    assert.equal(ask("g = f; g(7)").text, `[${text}]`);
  }
  const made = ask("make(n) = (inner(x) = x / 2.0 + n); k = make(3)");
  assert.match(made.warnings?.join() ?? "", /k is not kept: it uses parameters/);
});

test("with fractions, functions and trees are kept as they were", () => {
  const { ask } = openSession({ number: "Fraction" });
  for (const [body, text] of [
    ["n + 1", "8/1"],
    ["n * 0.5", "7/2"],
    ["1.25 - n", "-23/4"],
    ["n^2 / 3", "49/3"],
    ["n * 13%", "91/100"],
  ] as const) {
    ask(`f(n) = ${body}`);
    assert.equal(ask("f(7)").text, text);
    ask("g = f");
    assert.equal(ask("g(7)").text, text);
  }
  for (const tree of [
    'parse("x^0.5")',
    'parse("2 x - 0.25")',
    'simplifyConstant("x^(1/3) - 2 / 3 * x")',
    'derivative("x^2 / 3", "x")',
  ]) {
    const shown = ask(`a = ${tree}; a`).text;
    ask("b = a");
    ask("c = b");
    const kept = ask("c; c").text;
    assert.equal(kept.replaceAll(/[()]|(?<=\d)\/1\b/g, ""), shown.replaceAll(/[()]|(?<=\d)\/1\b/g, ""), tree);
  }
});

test("with few digits, a function keeps all digits of its numbers", () => {
  const { ask } = openSession({ number: "BigNumber", precision: 5 });
  ask("f(n) = 0.3333333333333333 + 0 * n; g() = 12345678; h() = 1e30");
  ask('k = f; a = parse("0.123456789 x"); b = a');
  assert.deepEqual(ask("g()").value, { mathjs: "BigNumber", value: "12345678" });
  assert.deepEqual(ask("h()").value, { mathjs: "BigNumber", value: "1e+30" });
  assert.equal(ask("k(1)").text, ask("0.3333333333333333 + 0").text);
  assert.match(JSON.stringify(ask("b").value), /0\.123456789/);
});

test("only assigned names come back", () => {
  const value = evaluated("y = x + 1", { variables: { x: '{"v":1}', z: '{"v":[]}' } });
  assert.deepEqual(value.assigned, { y: { text: '{"v":2}', type: "number" } });
});

const MALFORMED = [
  "",
  "7",
  "{}",
  '{"v":{"mathjs":"Parser"}}',
  '{"v":{"mathjs":"DenseMatrix","data":1}}',
  '{"v":{"mathjs":"constructor"}}',
  '{"f":"cos.constructor"}',
  '{"n":"1 +"}',
];

for (const text of MALFORMED) {
  test(`a stored text ${text || "(empty)"} is refused`, () => assert.ok(failureOf("x", { variables: { x: text } })));
}
