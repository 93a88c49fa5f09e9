/** `calc.evaluateRows` and `calc.sample`: many rows through the wire, right, bounded, and in nobody's way. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { Line, type Reply, type Running, start, withServer } from "./running.ts";

const FORMULA = "price * qty * (1 - discount)";

let running: Running;
before(async () => {
  running = await start();
});
after(() => running.close());

async function withLine(use: (line: Line) => Promise<void>): Promise<void> {
  const line = await Line.to(running.port);
  try {
    await use(line);
  } finally {
    line.close();
  }
}

const rowsOf = (line: Line, expression: string, more: object) => line.call("calc.evaluateRows", { expression, ...more });

function invoice(count: number) {
  const numbers = Array.from({ length: count }, (_, at) => at);
  const price = numbers.map((at) => ((at * 7919) % 100_003) / 100);
  const qty = numbers.map((at) => at % 50);
  const discount = numbers.map((at) => (at % 20) / 100);
  const values = numbers.map((at) => (price[at] ?? 0) * (qty[at] ?? 0) * (1 - (discount[at] ?? 0)));
  return { columns: { price, qty, discount }, values };
}

test("100,000 rows come back right while others are served, and progress is told when asked", () =>
  withLine((line) =>
    withLine(async (witness) => {
      const { columns, values } = invoice(100_000);
      const request = {
        jsonrpc: "2.0",
        id: 1,
        method: "calc.evaluateRows",
        params: { expression: FORMULA, columns, progress: "p" },
      };
      line.send(`${JSON.stringify(request)}\n`);
      const first = JSON.parse((await line.next()) ?? "");
      assert.equal(first.method, "$/progress");
      let served = 0;
      let reply = first;
      const last = (async () => {
        while (reply.id === undefined) {
          assert.deepEqual([reply.params.token, reply.params.total], ["p", 100_000]);
          reply = JSON.parse((await line.next()) ?? "");
        }
      })();
      while (reply.id === undefined) {
        assert.equal((await witness.calc("det([1, 2; 3, 4])", { record: false })).result.text, "-2");
        served += 1;
      }
      await last;
      // Each takes the slow worker too, so each came between two slices.
      assert.ok(served >= 3, `${served} calls of another client were answered meanwhile`);
      assert.deepEqual(reply.result.values, values);
      assert.deepEqual([reply.result.failed, reply.result.errors], [0, []]);
    }),
  ));

test("nobody is told of progress who did not ask", () =>
  withLine(async (line) => {
    const { columns, values } = invoice(2_000);
    assert.deepEqual((await rowsOf(line, FORMULA, { columns })).result.values, values);
  }));

test("rows by name are the same as columns", () =>
  withLine(async (line) => {
    const rows = [
      { a: 1, b: "x", c: true },
      { c: false, b: "y", a: 2 },
    ];
    const { result } = await rowsOf(line, 'c ? a : concat(b, "!")', { rows });
    assert.deepEqual(result.values, [1, "y!"]);
  }));

test("each row gives what a single call gives, wherever the slices are cut", async () => {
  const expressions = [
    "x / y",
    "x > 5 ? 5 inch : 1 m/s * 1 s",
    "f(x) + k",
    "sqrt(-x)",
    "x * [1, y]",
    "factorial(x - 3)",
    "bignumber(x)",
  ];
  await withLine(async (line) => {
    await line.calc("k = 3; f(t) = t ^ 2 + k + y");
    const column = (length: number) => fc.array(fc.integer({ min: -3, max: 9 }), { minLength: length, maxLength: length });
    const columns = fc.integer({ min: 1, max: 6 }).chain((length) => fc.record({ x: column(length), y: column(length) }));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...expressions), columns, async (expression, { x, y }) => {
        const { result } = await rowsOf(line, expression, { columns: { x, y } });
        for (const [at, value] of result.values.entries()) {
          const variables = { x: x[at] ?? 0, y: y[at] ?? 0 };
          const single: Reply<"calc.evaluate"> = await line.calc(expression, { variables, record: false });
          if (single.result !== undefined) assert.deepEqual(value, single.result.value);
          else assert.deepEqual(result.errors.find(({ row }) => row === at)?.error, single.error);
        }
        assert.equal(result.failed, result.errors.length);
      }),
      { numRuns: 60 },
    );
  });
});

test("the first hundred failures are told, all are counted, and the other rows have their values", () =>
  withLine(async (line) => {
    const x = Array.from({ length: 5_000 }, (_, at) => at % 2);
    const { result } = await rowsOf(line, "factorial(-x)", { columns: { x } });
    assert.equal(result.failed, 2_500);
    assert.deepEqual(
      result.errors.map(({ row }) => row),
      Array.from({ length: 100 }, (_, at) => 2 * at + 1),
    );
    assert.deepEqual(
      result.values,
      x.map((odd) => (odd === 1 ? null : 1)),
    );
  }));

test("nothing may be assigned, by the expression or by a function of the session", () =>
  withLine(async (line) => {
    for (const expression of ["y = x", "f(t) = t + x", "[y = x, 1]", "a[1] = x"]) {
      const { error } = await rowsOf(line, expression, { columns: { x: [1, 2] } });
      assert.equal(error.data.name, "access_refused", expression);
    }
    await line.calc("keep(t) = (kept = t)");
    assert.equal((await rowsOf(line, "keep(x)", { columns: { x: [1, 2] } })).error.data.name, "access_refused");
    assert.equal((await line.calc("kept")).error.data.name, "unknown_symbol");
  }));

test("an expression that cannot be read, and columns that do not fit, are refused by name", () =>
  withLine(async (line) => {
    assert.equal((await rowsOf(line, "1 +", { columns: { x: [1] } })).error.data.name, "syntax_error");
    const wrong: [object, string][] = [
      [{}, ""],
      [{ columns: { x: [1] }, rows: [{ x: 1 }] }, ""],
      [{ columns: {} }, "/columns"],
      [{ columns: { x: [] } }, ""],
      [{ columns: { x: [1], y: [1, 2] } }, "/columns"],
      [{ columns: { x: [null] } }, "/columns/x/0"],
      [{ columns: { a__b: [1] } }, "/columns"],
      [{ rows: [{ x: 1 }, { y: 1 }] }, "/rows/1"],
      [{ rows: [{ x: 1 }, { x: 1, y: 1 }] }, "/rows/1"],
      [{ rows: [{ a__b: 1 }] }, "/rows/0"],
    ];
    for (const [more, path] of wrong) {
      const { error } = await rowsOf(line, "x", more);
      assert.deepEqual([error.data.name, error.data.path], ["invalid_params", path], JSON.stringify(more));
    }
    line.send(`{"jsonrpc":"2.0","id":1,"method":"calc.evaluateRows","params":{"expression":"x","columns":{"x":[1e400]}}}\n`);
    assert.equal(JSON.parse((await line.next()) ?? "").error.data.path, "/columns/x/0");
  }));

test("rows that take too long in all end the call by name", () =>
  // On a crowded machine a slice, too, may take long: the time of one evaluation is out of its way.
  withServer({ rowsMs: "50", evaluateMs: "5000" }, async (line) => {
    const x = Array.from({ length: 20_000 }, (_, at) => at);
    const { error } = await rowsOf(line, "sum(map(1:300, f(t) = t + x)) + det([x, 1; 2, 3])", { columns: { x } });
    assert.equal(error.data.name, "access_refused", "a function inside is a definition");
    const dear = await rowsOf(line, "sum(sqrt(1:500)) + x", { columns: { x } });
    assert.deepEqual([dear.error.data.name, dear.error.data.limit?.name], ["time_limit", "rowsMs"]);
    assert.deepEqual((await rowsOf(line, "x", { columns: { x: [1] } })).result.values, [1]);
  }));

test("a row that takes too long ends the call by name, and a cancel ends it too", () =>
  // The rows before it take the time of all rows by the clock, so there is plenty.
  withServer({ rowsMs: "60000" }, async (line) => {
    await line.calc("g(n) = n < 1 ? 0 : g(n - 1) + g(n - 1)");
    const bomb = await rowsOf(line, "g(x)", { columns: { x: [1, 60] } });
    assert.deepEqual([bomb.error.data.name, bomb.error.data.limit?.name], ["time_limit", "timeMs"]);
    line.send(`${JSON.stringify({ jsonrpc: "2.0", id: 7, method: "calc.evaluateRows", params: ["g(x)", { x: [60] }] })}\n`);
    line.send(`{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":7}}\n`);
    assert.equal(JSON.parse((await line.next()) ?? "").error.data.name, "cancelled");
    assert.deepEqual((await rowsOf(line, "x", { columns: { x: [1] } })).result.values, [1]);
  }));

test("too many rows, too many points and a reply that is too large are refused by the name of their limit", () =>
  withServer({ rowsMax: "10", pointsMax: "10", replyBytesMax: "4096" }, async (line) => {
    const x = Array.from({ length: 11 }, () => 1);
    assert.equal((await rowsOf(line, "x", { columns: { x } })).error.data.limit?.name, "rowsMax");
    const sample = await line.call("calc.sample", { expression: "x", variable: "x", from: 0, to: 1, points: 11 });
    assert.equal(sample.error.data.limit?.name, "pointsMax");
    const large = await rowsOf(line, "x * (1:2000)", { columns: { x: [1] } });
    assert.deepEqual([large.error.data.name, large.error.data.limit?.name], ["response_too_large", "replyBytesMax"]);
  }));

test("a sample has its ends, nulls at poles, and the error when there is no value at all", () =>
  withLine(async (line) => {
    const sample = (expression: string, more: object = {}) =>
      line.call("calc.sample", { expression, variable: "t", from: 0, to: 0.3, points: 4, ...more });
    await line.calc("shift = 1");
    const { result } = await sample("t < 0.2 ? t + shift : sqrt(-1)");
    assert.deepEqual([result.x[0], result.x[3]], [0, 0.3]);
    assert.deepEqual(
      result.y,
      [1, (result.x[1] ?? 0) + 1, null, null].map((y, at) => (at === 2 && result.x[2] === 0.2 ? null : y)),
    );
    assert.deepEqual((await sample("1 / t", { from: -1, to: 1, points: 3 })).result.y, [-1, null, 1]);
    assert.equal((await sample("t", { from: 1e308, to: -1e308, points: 3 })).result.y[1], 0);
    assert.equal((await sample("t + nobody")).error.data.name, "unknown_symbol");
  }));
