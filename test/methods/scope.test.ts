/** The order in which calls of one principal see its variables, and which variables travel. */
import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { namesIn, natureOf, readsOf } from "../../src/methods/nature.ts";
import { Scope } from "../../src/methods/scope.ts";

const LIMITS = { variablesMax: 3, variablesBytesMax: 100 };

function stored(text: string, needs?: string[]) {
  return { text, type: needs ? "function" : "number", ...(needs && { needs }) };
}

test("an assignment is told from a comparison", () => {
  for (const expression of ["x = 3", "f(t)=t", "a=1; a", "x=y==2", "a.b=1"])
    assert.equal(natureOf(expression).writes, true, expression);
  for (const expression of ["x == 3", "a <= b", "a >= b", "a != b", "2+2"])
    assert.equal(natureOf(expression).writes, false, expression);
});

test("ans and $n are seen where they stand alone, not inside a name", () => {
  for (const expression of ["ans", "2ans", "ans+1", "sqrt($3)", "$12"])
    assert.equal(natureOf(expression).readsAnswers, true, expression);
  for (const expression of ["answer", "trans", "ansatz+1", "fans"])
    assert.equal(natureOf(expression).readsAnswers, false, expression);
});

test("names are found in any neighbourhood of digits, signs and letters", () => {
  assert.deepEqual([...namesIn("2e3x + 4y_1 - π*f(t) + $3 + 0.5e-2z + 2exp")].sort(), [
    "$3",
    "exp",
    "f",
    "t",
    "x",
    "y_1",
    "z",
    "π",
  ]);
});

test("every name that is there is found, between any separators", () => {
  // No name begins with e: `2e3` is a number to mathjs as well.
  const name = fc.stringMatching(/^[a-df-zA-DF-Z_$α-ω][a-zA-Z0-9_$α-ω]{0,8}$/);
  const separator = fc.constantFrom(" ", "+", "*", "(", ")", ",", ";", "\n", "'", '"', "[", ":", "^", " 2", " 3.5e-7", "*0.5");
  fc.assert(
    fc.property(fc.array(fc.tuple(name, separator)), (pairs) => {
      const found = namesIn(pairs.flat().join(""));
      for (const [wanted] of pairs) assert.ok(found.has(wanted), wanted);
    }),
  );
});

test("names are those between the numbers", () => {
  const tokens = /\d+\.?\d*(?:[eE][+-]?\d+)?|[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*/g;
  const signs = fc.constantFrom(..."0129.eEx_$é{}@[`^+-*/ ()\n\u0080\uffff");
  fc.assert(
    fc.property(fc.array(signs, { maxLength: 30 }), (letters) => {
      const text = letters.join("");
      const names = [...text.matchAll(tokens)].map(([token]) => token).filter((token) => !/^\d/.test(token));
      assert.deepEqual([...namesIn(text)], [...new Set(names)], text);
    }),
    { numRuns: 5_000 },
  );
});

test("a function takes along what it needs, and what that needs", () => {
  const scope = new Scope(LIMITS);
  scope.assign({ f: stored("F", ["g"]), g: stored("G", ["x", "f"]), x: stored("X") });
  assert.deepEqual({ ...scope.select("f(2)") }, { f: "F", g: "G", x: "X" });
  assert.deepEqual({ ...scope.select("x + 1") }, { x: "X" });
  assert.equal(scope.select("y + 1"), undefined);
});

test("names of Object.prototype are nobody's variables", () => {
  const scope = new Scope(LIMITS);
  scope.assign({ x: stored("X") });
  assert.equal(scope.select("constructor + toString + __proto__"), undefined);
});

test("a limit refuses the whole assignment and keeps what was there", () => {
  const scope = new Scope(LIMITS);
  scope.assign({ a: stored("1"), b: stored("2"), c: stored("3") });
  assert.deepEqual(scope.assign({ a: stored("9"), d: stored("4") }), { name: "variablesMax", value: 3, used: 4 });
  assert.deepEqual({ ...scope.select("a d") }, { a: "1" });
  assert.equal(scope.assign({ a: stored("x".repeat(200)) })?.name, "variablesBytesMax");
  assert.equal(scope.assign({ a: stored("y".repeat(90)) }), undefined);
});

test("a reader waits for the writer before it; what names nothing does not", () => {
  const scope = new Scope(LIMITS);
  const begun: string[] = [];
  const write = natureOf("x = 1");
  scope.enter(write, () => begun.push("write"));
  scope.enter(natureOf("2+2"), () => begun.push("plain"));
  scope.enter(natureOf("x+1"), () => begun.push("read"));
  assert.deepEqual(begun, ["write", "plain"]);
  scope.leave(write);
  assert.deepEqual(begun, ["write", "plain", "read"]);
});

test("what asks for ans waits for all before it, and nothing overtakes it", () => {
  const scope = new Scope(LIMITS);
  const begun: string[] = [];
  const plain = natureOf("2+2");
  scope.enter(plain, () => begun.push("first"));
  scope.enter(natureOf("ans*2"), () => begun.push("ans"));
  scope.enter(natureOf("3+3"), () => begun.push("later"));
  assert.deepEqual(begun, ["first"]);
  scope.leave(plain);
  assert.deepEqual(begun, ["first", "ans", "later"]);
});

test("a call that assigns begins with its only assignment, or may assign all it names", () => {
  const glance = (expression: string) => {
    const nature = natureOf(expression);
    return [nature.target, [...(readsOf(nature) ?? [])].join(" ")];
  };
  assert.deepEqual(glance("x = 3"), ["x", ""]);
  assert.deepEqual(glance(" x1 = x1 + y; z"), ["x1", "x1 y z"]);
  assert.deepEqual(glance("f(x) = x ^ 2 + g(a); f(3)"), ["f", "x g a"]);
  assert.deepEqual(glance("f(x, y) = f(x, y)"), ["f", "x y"]);
  assert.deepEqual(glance("x = 3; y = 4"), [undefined, "x y"]);
  assert.deepEqual(glance("f(x) = (y = x)"), [undefined, "f x y"]);
  assert.deepEqual(glance("x = y == 2"), [undefined, "x y"]);
  assert.deepEqual(glance("a[2] = 5"), [undefined, "a"]);
  // The line ends in front of the bracket: `f` is looked up.
  assert.deepEqual(glance("f\n(x) = 2"), [undefined, "f x"]);
});

/** A call under way: what it saw, and how it may end. */
type Under = { order: number; end: () => void };

/** By name, which call it was assigned by; and of a function, what it needs. */
type World = Map<string, { by: number; needs: readonly string[] }>;

/** Texts, what each reads and assigns, and what the functions among them need. */
const STATEMENTS: readonly { text: string; reads: string[]; assigns: string[]; needs?: string[] }[] = [
  { text: "x = 1", reads: [], assigns: ["x"] },
  { text: "y = x + 1", reads: ["x"], assigns: ["y"] },
  { text: "x = y; y = 2", reads: ["y"], assigns: ["x", "y"] },
  { text: "f(t) = t + x", reads: [], assigns: ["f"], needs: ["x"] },
  { text: "f(t) = t; f(3)", reads: [], assigns: ["f"], needs: [] },
  { text: "g(t) = f(t) + y", reads: [], assigns: ["g"], needs: ["f", "y"] },
  { text: "z = g(2)", reads: ["g"], assigns: ["z"] },
  { text: "f(2) + z", reads: ["f", "z"], assigns: [] },
  { text: "x * y", reads: ["x", "y"], assigns: [] },
  { text: "3 inch to cm", reads: [], assigns: [] },
  { text: "ans + x", reads: ["x"], assigns: [] },
];

/** Which assignments are seen by what reads these names. */
function seenIn(world: World, names: readonly string[]): string {
  const all = new Set(names);
  for (const name of all) for (const need of world.get(name)?.needs ?? []) all.add(need);
  return [...all]
    .sort()
    .map((name) => `${name}@${world.get(name)?.by ?? "-"}`)
    .join(" ");
}

test("whatever order calls end in, each sees what it would if they were asked one by one", () => {
  const sequences = fc.array(fc.constantFrom(...STATEMENTS), { maxLength: 40 });
  fc.assert(
    fc.property(sequences, fc.infiniteStream(fc.nat(1000)), (sent, random) => {
      const draw = (below: number): number => (random.next().value ?? 0) % below;
      const scope = new Scope({ variablesMax: 9, variablesBytesMax: 9_999 });
      const under: Under[] = [];
      const saw: string[] = [];
      const endOne = () => under.splice(draw(under.length), 1)[0]?.end();
      for (const [order, { text, reads, assigns, needs }] of sent.entries()) {
        const nature = natureOf(text);
        scope.enter(nature, () => {
          const selected = scope.select(text, readsOf(nature)) ?? {};
          const world: World = new Map(Object.entries(selected).map(([name, json]) => [name, JSON.parse(json)]));
          saw[order] = seenIn(world, reads);
          const value = { text: JSON.stringify({ by: order, needs: needs ?? [] }), type: "any", ...(needs && { needs }) };
          const take = () => {
            scope.assign(Object.fromEntries(assigns.map((name) => [name, value])));
            scope.leave(nature);
          };
          under.push({ order, end: () => (scope.isNext(nature) ? take() : scope.inOrder(nature, take)) });
        });
        if (under.length > 0 && draw(3) === 0) endOne();
      }
      while (under.length > 0) endOne();
      const world: World = new Map();
      const expected = sent.map(({ reads, assigns, needs = [] }, by) => {
        const seen = seenIn(world, reads);
        for (const name of assigns) world.set(name, { by, needs });
        return seen;
      });
      assert.deepEqual(saw, expected);
    }),
    { numRuns: 1_000 },
  );
});

test("definitions of one name go together, and the last that was asked for stays", () => {
  const scope = new Scope(LIMITS);
  const natures = Array.from({ length: 3 }, (_, at) => natureOf(`f(t) = t + ${at}; f(3)`));
  const begun: number[] = [];
  for (const [at, nature] of natures.entries()) scope.enter(nature, () => begun.push(at));
  assert.deepEqual(begun, [0, 1, 2]);
  for (const [at, nature] of [...natures.entries()].reverse()) {
    const take = () => {
      scope.assign({ f: stored(String(at)) });
      scope.leave(nature);
    };
    assert.equal(scope.isNext(nature), at === 0);
    if (scope.isNext(nature)) take();
    else scope.inOrder(nature, take);
  }
  assert.deepEqual({ ...scope.select("f") }, { f: "2" });
});

test("what a stored function assigns when it is called is waited for", () => {
  const scope = new Scope(LIMITS);
  const begun: string[] = [];
  scope.assign({ f: stored("f(t) = (y = t)", ["y"]) });
  for (const text of ["x = f(3)", "z + 1", "y + 1"]) scope.enter(natureOf(text), () => begun.push(text));
  assert.deepEqual(begun, ["x = f(3)", "z + 1"]);
});

test("a call that assigns by a function alone has its place among those that assign", () => {
  const scope = new Scope(LIMITS);
  const begun: string[] = [];
  scope.assign({ f: { text: '{"f":"f(t) = g(t) + 1"}', type: "function", needs: ["g"] } });
  scope.assign({ g: { text: '{"f":"g(t) = (pi = t)"}', type: "function" } });
  const [earlier, call, later] = [natureOf("pi = 1"), natureOf("f(3)"), natureOf("f(4)")];
  for (const nature of [earlier, call, later]) scope.enter(nature, () => begun.push(nature.sees ?? ""));
  for (const text of ["z + 1", "pi + 1"]) scope.enter(natureOf(text), () => begun.push(text));
  assert.deepEqual(begun, [" 1", "f(3)", "f(4)", "z + 1"]);
  assert.deepEqual(
    [earlier, call, later].map((nature) => scope.isNext(nature)),
    [true, false, false],
  );
  for (const nature of [earlier, call, later]) scope.leave(nature);
  assert.equal(begun.at(-1), "pi + 1");
  scope.unset("g");
  for (const text of ["f(3)", "pi + 2"]) scope.enter(natureOf(text), () => begun.push(text));
  assert.equal(begun.at(-1), "pi + 2");
});
