/** Programs at the port: results, errors, variables, batches, over real sockets and real jailed processes. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { until } from "../until.ts";
import { Line, type Running, start } from "./running.ts";

let running: Running;
before(async () => {
  running = await start();
});
after(() => running.close());

async function withLine<T>(use: (line: Line) => Promise<T>): Promise<T> {
  const line = await Line.to(running.port);
  try {
    return await use(line);
  } finally {
    line.close();
  }
}

test("a result has a type, a value, a text and its place in the history", () =>
  withLine(async (line) => {
    const { result } = await line.calc("2 inch to cm");
    assert.equal(result.type, "Unit");
    assert.equal(result.text, "5.08 cm");
    assert.equal(result.seq, 1);
    assert.ok(result.elapsedUs >= 0);
  }));

test("variables and functions live across calls", () =>
  withLine(async (line) => {
    assert.deepEqual((await line.calc("x = 3")).result.assigned, ["x"]);
    assert.deepEqual((await line.calc("f(t) = t^2 + x")).result.assigned, ["f"]);
    assert.equal((await line.calc("f(4)")).result.value, 19);
    await line.calc("x = 5");
    assert.equal((await line.calc("f(4)")).result.value, 21);
  }));

test("variables live through a killed evaluator", () =>
  withLine(async (line) => {
    await line.calc("x = 3");
    await line.calc("f(t) = t^2 + x");
    const { error } = await line.calc("g(n) = n < 1 ? 0 : g(n - 1) + g(n - 1); g(60)");
    assert.equal(error.data.name, "time_limit");
    assert.equal((await line.calc("f(4)")).result.value, 19);
  }));

test("two clients with the same names never mix", () =>
  withLine((one) =>
    withLine(async (two) => {
      for (let i = 0; i < 20; i++) {
        await Promise.all([one.calc(`x = ${i}; f(t) = t + x`), two.calc(`x = ${1000 + i}; f(t) = t * x`)]);
        const [first, second] = await Promise.all([one.calc("f(2)"), two.calc("f(2)")]);
        assert.equal(first.result.value, i + 2);
        assert.equal(second.result.value, 2 * (1000 + i));
      }
    }),
  ));

test("calls sent in one packet see what those before them assigned", () =>
  withLine(async (line) => {
    const expressions = ["x = 1", "x = x + 1", "x = x * 10", "y = x + 2", "x + y", "ans + 1"];
    const message = (expression: string, id: number) =>
      JSON.stringify({ jsonrpc: "2.0", id, method: "calc.evaluate", params: { expression } });
    line.send(`${expressions.map(message).join("\n")}\n`);
    const replies = (await line.lines(expressions.length)).map((text) => JSON.parse(text ?? ""));
    replies.sort((a, b) => a.id - b.id);
    assert.deepEqual(
      replies.map((reply) => reply.result.text),
      ["1", "2", "20", "22", "42", "43"],
    );
  }));

test("a request is answered alike on the short way and on the long one, whatever its value", () =>
  withLine(async (line) => {
    await line.calc("x = 4; f(t) = t + 1");
    for (const expression of [
      "2 inch to cm",
      "[[1, 2], [3, 4]] * [5, 6]",
      "sqrt(-2) + 2i",
      "bignumber(2) / 3",
      "1 < 2",
      "x cm to mm",
      "[f(1), x]",
      "inch",
      "1/0",
      "f",
    ]) {
      const params = JSON.stringify({ expression, record: false });
      const ask = async (space: string): Promise<unknown> => {
        line.send(`{"jsonrpc":"2.0",${space}"id":1,"method":"calc.evaluate","params":${params}}\n`);
        const { result } = JSON.parse((await line.next()) ?? "");
        const { elapsedUs, ...rest } = result;
        assert.ok(Number.isSafeInteger(elapsedUs), expression);
        return { rest: JSON.stringify(rest), ans: (await line.calc("ans")).result.value };
      };
      assert.deepEqual(await ask(""), await ask(" "), expression);
    }
  }));

test("ans is the last result, $n the result of an entry", () =>
  withLine(async (line) => {
    await line.calc("6 * 7");
    assert.equal((await line.calc("ans / 2")).result.value, 21);
    assert.equal((await line.calc("$1 + $2")).result.value, 63);
    assert.equal((await line.calc("[1, 2; 3, 4]")).result.type, "DenseMatrix");
    assert.equal((await line.calc("det(ans)")).result.text, "-2");
    assert.equal((await line.calc("$99")).error.data.name, "unknown_symbol");
  }));

test("a call may bring its own variables, which stay its own", () =>
  withLine(async (line) => {
    const variables = { price: 3, quantity: [1, 2, 3], name: "abc", deep: true };
    assert.equal((await line.calc("price * sum(quantity)", { variables })).result.value, 18);
    assert.equal((await line.calc("price")).error.data.name, "unknown_symbol");
  }));

test("number and precision hold for one call only", () =>
  withLine(async (line) => {
    const big = await line.calc("1/3", { number: "BigNumber", precision: 30 });
    assert.equal(big.result.type, "BigNumber");
    assert.deepEqual(big.result.value, { mathjs: "BigNumber", value: "0.333333333333333333333333333333" });
    assert.equal(big.result.text, "0.333333333333333333333333333333");
    assert.equal((await line.calc("1/3")).result.type, "number");
    assert.equal((await line.calc("1/3", { number: "Fraction" })).result.type, "Fraction");
    assert.equal((await line.calc("2^100", { number: "bigint" })).result.text, "1267650600228229401496703205376");
  }));

test("what is not recorded has no seq and leaves no entry; what failed has both", () =>
  withLine(async (line) => {
    assert.equal((await line.calc("1+1", { record: false })).result.seq, undefined);
    const { error } = await line.calc("1 + ");
    assert.equal(error.data.name, "syntax_error");
    assert.equal(error.data.seq, 1);
    const { result } = await line.call("history.list");
    assert.equal(result.entries.length, 1);
    assert.equal(result.entries[0]?.error?.data.name, "syntax_error");
  }));

test("the same key and request answers the stored outcome, another request is a conflict", () =>
  withLine(async (line) => {
    const first = await line.calc("random()", { key: "k1" });
    const again = await line.calc("random()", { key: "k1" });
    assert.equal(again.result.value, first.result.value);
    assert.equal(again.result.seq, first.result.seq);
    assert.equal(again.result.replayed, true);
    const conflict = await line.calc("2+2", { key: "k1" });
    assert.equal(conflict.error.code, 1111);
    assert.equal((await line.call("history.list")).result.lastSeq, 1);
  }));

test("errors say where, and what was meant", () =>
  withLine(async (line) => {
    const { error } = await line.calc("1 + sqr(2)");
    assert.equal(error.code, 1003);
    assert.deepEqual(error.data.position, { offset: 4, line: 1, column: 5, length: 3 });
    assert.equal(error.data.suggestions?.[0], "sqrt");
    assert.equal(error.data.excerpt, "1 + sqr(2)");
  }));

test("a batch answers with an array, its notifications with nothing", () =>
  withLine(async (line) => {
    line.send(
      `[{"jsonrpc":"2.0","id":"a","method":"calc.evaluate","params":["1+1"]},{"jsonrpc":"2.0","method":"server.ping"},7,` +
        `{"jsonrpc":"2.0","id":1.50,"method":"nope"}]\n`,
    );
    const line1 = (await line.next()) ?? "";
    const replies: { id: unknown; result?: { text: string }; error?: { code: number } }[] = JSON.parse(line1);
    assert.equal(replies.length, 3);
    assert.equal(replies.find((reply) => reply.id === "a")?.result?.text, "2");
    assert.equal(replies.find((reply) => reply.id === null)?.error?.code, -32600);
    assert.ok(line1.includes(`"id":1.50`));
    line.send(
      `[{"jsonrpc":"2.0","method":"server.ping"}]\n{"jsonrpc":"2.0","id":2,"method":"server.ping","params":{"echo":1}}\n`,
    );
    assert.equal(JSON.parse((await line.next()) ?? "").id, 2);
  }));

test("an id in flight twice is refused the second time", () =>
  withLine(async (line) => {
    const message = `{"jsonrpc":"2.0","id":5,"method":"calc.evaluate","params":{"expression":"[1,2;3,4]^2"}}\n`;
    line.send(message + message);
    const replies = (await line.lines(2)).map((text) => JSON.parse(text ?? ""));
    assert.deepEqual(replies.map((reply) => reply.error?.code ?? "ok").sort(), [-32600, "ok"]);
  }));

test("check explains and evaluates nothing", () =>
  withLine(async (line) => {
    const { result } = await line.call("calc.check", { expression: "y = 2x + sqrt(4)" });
    assert.deepEqual(result.symbols, ["x"]);
    assert.deepEqual(result.assigns, ["y"]);
    assert.match(result.latex, /sqrt/);
    assert.equal((await line.calc("y")).error.data.name, "unknown_symbol");
  }));

test("bombs of one client end by name while another gets 2+2", () =>
  withLine((bomber) =>
    withLine(async (person) => {
      const bombs = ["1:999999999999", "f(x)=f(x); f(1)", "zeros(30000,30000)", "g(n)=n<1?0:g(n-1)+g(n-1); g(60)"];
      const allowed = ["memory_limit", "too_deep", "time_limit"];
      const burning = bombs.map((bomb, id) => bomber.call("calc.evaluate", { expression: bomb }, id));
      for (let i = 0; i < 50; i++) assert.equal((await person.calc(`${i} + 2`)).result.value, i + 2);
      for (const reply of await Promise.all(burning)) assert.ok(allowed.includes(reply.error?.data.name), JSON.stringify(reply));
    }),
  ));

test("the over-long is refused by the name of its limit, and the connection lives on", () =>
  withLine(async (line) => {
    const long = await line.calc(`1${"+1".repeat(4000)}`);
    assert.equal(long.error.code, 1016);
    assert.equal(long.error.data.limit?.name, "expressionBytesMax");
    line.send(`{"jsonrpc":"2.0","id":1,"method":"${"x".repeat(70_000)}"}\n`);
    const refused = JSON.parse((await line.next()) ?? "");
    assert.equal(refused.error.code, -32007);
    assert.equal(refused.id, null);
    assert.equal((await line.calc("2+2")).result.value, 4);
  }));

test("the server tells what it is and how to speak to it", () =>
  withLine(async (line) => {
    await until(async () => !(await line.call("server.info")).result.jail.proving);
    const { result: info } = await line.call("server.info");
    assert.equal(info.mathjs, "15.2.0");
    assert.ok(info.functions.allowed.includes("sqrt"));
    assert.ok(info.functions.refused.some((row) => row.name === "import"));
    assert.equal(info.limits.evaluateMs, 250);
    assert.ok(info.jail.layers.length > 0);
    const { result: document } = await line.call("rpc.discover");
    assert.match(document.openrpc, /^1\./);
    assert.ok(JSON.stringify(document.methods).includes('"calc.evaluate"'));
  }));

test("other protocols are told so and closed", async () => {
  const web = await Line.to(running.port);
  web.send('POST / HTTP/1.1\r\nHost: x\r\n\r\n{"jsonrpc":"2.0","id":1,"method":"server.ping"}\n');
  assert.match((await web.rest()).join("\n"), /^HTTP\/1\.1 400 /);
  const tls = await Line.to(running.port);
  tls.send(Uint8Array.from([0x16, 0x03, 0x01, 0x02, 0x00, 0x01]));
  assert.match((await tls.rest()).join("\n"), /TLS/);
});
