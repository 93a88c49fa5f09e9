/** The order in which calls of one principal see its variables, and which variables travel. */
import assert from "node:assert/strict";
import test from "node:test";
import fc from "fast-check";
import { namesIn, natureOf, Scope } from "../../src/methods/scope.ts";

const LIMITS = { variablesMax: 3, variablesBytesMax: 100 };

function stored(text: string, needs?: string[]) {
  return { text, type: "number", ...(needs && { needs }) };
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

test("writers never overlap, readers see every write before them, and all are begun once", () => {
  const expressions = fc.array(fc.constantFrom("x=1", "x+1", "1+1", "ans", "$1+x"), { maxLength: 40 });
  fc.assert(
    fc.property(expressions, fc.infiniteStream(fc.nat(1000)), (sent, random) => {
      const scope = new Scope(LIMITS);
      const open: number[] = [];
      const left = new Set<number>();
      const begun = new Set<number>();
      sent.forEach((expression, order) => {
        scope.enter(natureOf(expression), () => {
          begun.add(order);
          open.push(order);
          const before = sent.slice(0, order).map((text, i) => ({ text, i }));
          if (/x|ans|\$/.test(expression)) {
            for (const { text, i } of before)
              if (text === "x=1") assert.ok(left.has(i), `${expression} at ${order} before ${text} at ${i}`);
          }
          if (/ans|\$/.test(expression)) for (const { i } of before) assert.ok(left.has(i));
        });
      });
      while (open.length > 0) {
        const [order] = open.splice((random.next().value ?? 0) % open.length, 1);
        if (order === undefined) break;
        left.add(order);
        scope.leave(natureOf(sent[order] ?? ""));
      }
      assert.equal(begun.size, sent.length);
    }),
  );
});
