/** The variables of a session over the wire: versions, compare-and-set, limits, and the order of calls. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { Line, type Reply, type Running, start } from "./running.ts";

let running: Running;
before(async () => {
  running = await start({ variablesMax: "8", variablesBytesMax: "1024" });
});
after(() => running.close());

/** Sends all in one packet and answers the replies by id. */
async function together(line: Line, calls: [method: string, params: object][]): Promise<Reply<"scope.set">[]> {
  line.send(calls.map(([method, params], id) => `${JSON.stringify({ jsonrpc: "2.0", id, method, params })}\n`).join(""));
  const replies = (await line.lines(calls.length)).map((text) => JSON.parse(text ?? "null"));
  return replies.sort((a, b) => a.id - b.id);
}

test("calls sent in one packet see what those before them did, whatever does it", async () => {
  const line = await Line.to(running.port);
  const replies = await together(line, [
    ["calc.evaluate", { expression: "x = 3" }],
    ["scope.get", { name: "x" }],
    ["scope.set", { name: "x", expression: "x + ans" }],
    ["calc.evaluate", { expression: "x * 10" }],
    ["scope.unset", { name: "x" }],
    ["calc.evaluate", { expression: "x" }],
    ["calc.evaluate", { expression: "f(t) = t^2" }],
    ["scope.list", {}],
    ["scope.clear", {}],
    ["scope.list", {}],
  ]);
  const told = replies.map(({ result, error }) => error?.data.name ?? result);
  assert.partialDeepStrictEqual(told, [
    { text: "3" },
    { name: "x", version: 1, type: "number", value: 3, text: "3" },
    { version: 2, value: 6 },
    { value: 60 },
    { name: "x", version: 2 },
    "unknown_symbol",
    { type: "function" },
    { variables: [{ name: "f", type: "function", version: 3 }] },
    { removed: 1 },
    { variables: [], bytes: 0 },
  ]);
  line.close();
});

test("what a function assigns when it is called has its place in the order of the calls", async () => {
  const line = await Line.to(running.port);
  const slow = "sum(map(1:2000, sqrt)) * 0";
  const asked = ["f(t) = (y = t)", "y = 1", `${slow} + f(3)`, "y", "y = 5", "f(4) + f(6)", "y = y + 1", "y"];
  const told = await together(
    line,
    asked.map((expression) => ["calc.evaluate", { expression }]),
  );
  assert.deepEqual(
    told.map(({ result, error }) => error?.data.name ?? result.text),
    ["f(t)", "1", "3", "3", "5", "10", "7", "7"],
  );
  line.close();
});

test("ans is the answer before a call, not one that was given while it looked something up", async () => {
  const line = await Line.to(running.port);
  await line.calc("2 + 2", { record: false });
  await line.calc("42", { record: false });
  const plain = ["calc.evaluate", { expression: "2 + 2", record: false }] as [string, object];
  const told = await together(line, [
    ["scope.set", { name: "x", expression: "ans" }],
    plain,
    ["calc.evaluate", { expression: "7 * 6", record: false }],
    ["calc.evaluate", { expression: "ans", key: "looked up" }],
    plain,
  ]);
  assert.deepEqual(
    told.map(({ result, error }) => error?.data.name ?? result.value),
    [42, 4, 42, 42, 4],
  );
  line.close();
});

test("calls that assign the same name are worked at together, and taken over in the order they were asked in", async () => {
  const line = await Line.to(running.port);
  // The first takes longest: it is not provably cheap, and so goes one by one through another lane.
  const slow = "f(t) = t + sum(map(1:2000, sqrt)) * 0 + 1; f(1)";
  const told = (
    await together(
      line,
      [slow, "f(t) = t + 2; f(1)", "g(t) = t * 2; g(4)", "f(10)", "f(t) = t + 3; f(1)", "f(10) + g(1)", "2 km to m"].map(
        (expression) => ["calc.evaluate", { expression }],
      ),
    )
  ).map(({ result, error }) => error?.data.name ?? result.text);
  assert.deepEqual(told, ["[2]", "[3]", "[8]", "12", "[4]", "15", "2000 m"]);
  const { variables } = (await line.call("scope.list", {})).result;
  assert.deepEqual(
    variables.map(({ name, version }: { name: string; version: number }) => [name, version]),
    [
      ["f", 4],
      ["g", 3],
    ],
  );
  line.close();
});

test("of calls that saw the same version exactly one wins, and the others are told what it is now", async () => {
  const [first, second] = [await Line.to(running.port), await Line.to(running.port)];
  const { result: session } = await first.call("session.open");
  await second.call("session.open", { resume: session.resumeToken });
  await first.call("scope.set", { name: "n", value: 0 });
  const calls = Array.from({ length: 20 }, (_, i): [string, object] => ["scope.set", { name: "n", value: i, ifVersion: 1 }]);
  const replies = (await Promise.all([first, second].map((line) => together(line, calls)))).flat();
  const won = replies.filter(({ result }) => result !== undefined);
  assert.deepEqual(
    won.map(({ result }) => result.version),
    [2],
  );
  const { value, text } = won[0]?.result ?? assert.fail();
  for (const { error } of replies.filter((reply) => reply.error !== undefined)) {
    assert.equal(error.code, 1110);
    assert.deepEqual(error.data.current, { version: 2, type: "number", value, text });
  }
  first.close();
  second.close();
});

test("a counter that all increment by compare-and-set loses nothing", async () => {
  const opener = await Line.to(running.port);
  const { result: session } = await opener.call("session.open");
  await opener.call("scope.set", { name: "n", value: 0 });
  const increment = async () => {
    const line = await Line.to(running.port);
    await line.call("session.open", { resume: session.resumeToken });
    for (let done = 0; done < 10; ) {
      const { result } = await line.call("scope.get", { name: "n" });
      const set = await line.call("scope.set", { name: "n", value: Number(result.value) + 1, ifVersion: result.version });
      if (set.error === undefined) done += 1;
      else assert.equal(set.error.data.name, "conflict");
    }
    line.close();
  };
  await Promise.all([1, 2, 3, 4].map(increment));
  assert.equal((await opener.call("scope.get", { name: "n" })).result.value, 40);
  opener.close();
});

test("version 0 means there is none, and no version comes back", async () => {
  const line = await Line.to(running.port);
  assert.equal((await line.call("scope.set", { name: "a", value: true, ifVersion: 0 })).result.version, 1);
  const taken = await line.call("scope.set", { name: "a", value: false, ifVersion: 0 });
  assert.deepEqual(taken.error.data, { name: "conflict", current: { version: 1, type: "boolean", value: true, text: "true" } });
  assert.equal((await line.call("scope.unset", { name: "a", ifVersion: 7 })).error.data.name, "conflict");
  assert.equal((await line.call("scope.unset", { name: "a", ifVersion: 1 })).result.version, 1);
  const gone = await line.call("scope.set", { name: "a", value: "new", ifVersion: 1 });
  assert.deepEqual(gone.error.data, { name: "conflict", current: { version: 0 } });
  assert.equal((await line.call("scope.set", { name: "a", value: "new", ifVersion: 0 })).result.version, 2);
  assert.equal((await line.call("scope.unset", { name: "b" })).error.data.name, "not_found");
  line.close();
});

test("every kind of value comes back, and an expression's result with its unit", async () => {
  const line = await Line.to(running.port);
  for (const value of [0.1, -3, true, "a\u0000\n\u202e\"'", [1, 2], [[1], [2]], []]) {
    assert.deepEqual((await line.call("scope.set", { name: "v", value })).result.value, value);
    assert.deepEqual((await line.call("scope.get", { name: "v" })).result.value, value);
  }
  assert.equal((await line.call("scope.set", { name: "v", expression: "2 inch to cm" })).result.text, "5.08 cm");
  assert.equal((await line.calc("v * 2")).result.text, "10.16 cm");
  line.close();
});

test("what may not be set is refused by name, and leaves everything as it was", async () => {
  const line = await Line.to(running.port);
  await line.call("scope.set", { name: "x", value: 1 });
  const refusals: [object, string][] = [
    [{ name: "pi", value: 3 }, "access_refused"],
    [{ name: "constructor", value: 3 }, "access_refused"],
    [{ name: "a__b", value: 3 }, "invalid_params"],
    [{ name: "x", value: { mathjs: "Unit" } }, "invalid_params"],
    [{ name: "x" }, "invalid_params"],
    [{ name: "x", value: 2, expression: "2" }, "invalid_params"],
    [{ name: "x", expression: "1 +" }, "syntax_error"],
    [{ name: "x", expression: "1); y = (2" }, "syntax_error"],
    [{ name: "x", expression: "f(t) = t" }, "bad_argument"],
    [{ name: "x", expression: "1:999999999" }, "memory_limit"],
    [{ name: "x", value: "y".repeat(1_100) }, "memory_limit"],
  ];
  for (const [params, name] of refusals) {
    assert.equal((await line.call("scope.set", params)).error?.data.name, name, JSON.stringify(params));
  }
  const { result } = await line.call("scope.list");
  assert.deepEqual(result.variables, [{ name: "x", type: "number", version: 1, bytes: 8 }]);
  for (const name of ["a", "b", "c", "d", "q", "g", "h"]) await line.call("scope.set", { name, value: 1 });
  const { error } = await line.call("scope.set", { name: "k", value: 1 });
  assert.deepEqual(error.data.limit, { name: "variablesMax", value: 8, used: 9, ceiling: 4_096 });
  line.close();
});

test("one client's variables are nobody else's", async () => {
  const [mine, theirs] = [await Line.to(running.port), await Line.to(running.port)];
  await mine.call("scope.set", { name: "secret", value: 42 });
  assert.equal((await theirs.call("scope.get", { name: "secret" })).error.data.name, "not_found");
  assert.deepEqual((await theirs.call("scope.list")).result.variables, []);
  assert.deepEqual((await theirs.call("calc.complete", { prefix: "secre" })).result.names, []);
  mine.close();
  theirs.close();
});
