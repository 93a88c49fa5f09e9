/** A table in a long frame is read in pieces and stays text: nobody may notice but by its size, and by who else is served. */
import assert from "node:assert/strict";
import { connect } from "node:net";
import { after, before, test } from "node:test";
import fc from "fast-check";
import { Line, type Running, start, withServer } from "./running.ts";

/** Lines over this are long in one of the two, and in the other none of these is. */
const SHORT = "1024";
let long: Running;
let short: Running;
before(async () => {
  long = await start({ frameBytesMax: SHORT });
  short = await start({ frameBytesMax: "1048576" });
});
after(() => Promise.all([long.close(), short.close()]));

const ENVELOPE = '{"jsonrpc":"2.0","id":1,"method":"calc.evaluateRows","params":';

/** The same frame to both; what they say but for the time it took. */
async function askBoth(lines: readonly Line[], frame: string): Promise<string[]> {
  return await Promise.all(
    lines.map(async (line) => {
      line.send(frame);
      return ((await line.next()) ?? "").replace(/"elapsedUs":\d+/, "");
    }),
  );
}

async function withBoth(use: (lines: readonly Line[]) => Promise<void>): Promise<void> {
  const lines = [await Line.to(long.port), await Line.to(short.port)];
  try {
    await use(lines);
  } finally {
    for (const line of lines) line.close();
  }
}

const padding = Array.from({ length: 400 }, (_, at) => at);
const scalar = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.boolean(),
  fc.string({ unit: "grapheme" }),
  fc.constantFrom("1e400", "null", "-0", "[1]", '{"x":1}', "tru"),
);
/** JSON text; a few of the texts are put in as they are, and are then no scalars or no JSON. */
const write = (value: unknown, isRaw: boolean): string =>
  isRaw && typeof value === "string" && /^[-\dnt[{]/.test(value) ? value : JSON.stringify(value);
const column = fc
  .tuple(fc.array(scalar, { maxLength: 5 }), fc.nat(), fc.boolean())
  .map(([items, at, isRaw]) =>
    [...padding.slice(0, at % 400), ...items, ...padding.slice(at % 400)].map((one) => write(one, isRaw)),
  );
const name = fc.constantFrom("x", "y", "columns", "a__b", "\u00e4", "x\\u0031", "");
const expression = fc.constantFrom("x * 2", "x", "size(x)", "1 +", "x = 1", "-sqrt(x)");
const columnsText = fc
  .tuple(column, fc.array(fc.tuple(name, column), { maxLength: 2 }))
  .map(([x, others]) => `{${[["x", x] as const, ...others].map(([key, items]) => `"${key}":[${items.join()}]`).join()}}`);
const row = fc.dictionary(fc.constantFrom("x", "y"), scalar, { maxKeys: 2, noNullPrototype: true });
const rowsText = fc.tuple(fc.array(row, { maxLength: 3 }), fc.nat({ max: 400 }), fc.boolean()).map(([odd, at, isRaw]) => {
  const rows = [...padding.slice(0, at).map((x) => ({ x })), ...odd, ...padding.slice(at).map((x) => ({ x }))];
  const texts = rows.map((one) => `{${Object.entries(one).map(([key, value]) => `"${key}":${write(value, isRaw)}`)}}`);
  return `[${texts.join()}]`;
});
const paramsText = fc.oneof(
  fc.tuple(expression, columnsText).map(([text, columns]) => `{"expression":"${text}","columns":${columns}}`),
  fc.tuple(expression, columnsText).map(([text, columns]) => `["${text}",${columns}]`),
  fc.tuple(expression, rowsText).map(([text, rows]) => `{"rows":${rows},"expression":"${text}"}`),
  fc.constant(`{"expression":"x","columns":{"x":[${padding}]},"rows":[${padding.map((x) => `{"x":${x}}`)}]}`),
  columnsText.map((columns) => `{"expression":"x","columns":{"x":[]},"columns":${columns},"colums":1}`),
  columnsText.map((columns) => `{"expression":"x","columns":${columns},"number":"BigNumber"}`),
);

test("what a table gives, or is refused for, is the same whether its frame is long or not", () =>
  withBoth(async (lines) => {
    await fc.assert(
      fc.asyncProperty(paramsText, async (params) => {
        const [one, other] = await askBoth(lines, `${ENVELOPE}${params}}\n`);
        assert.equal(one, other, params);
      }),
      { numRuns: 100 },
    );
  }));

test("blanks and line ends between the items of a body are nobody's business", () =>
  withBoth(async (lines) => {
    const params = { expression: "x * 2", columns: { x: padding } };
    for (const given of [params, { ...params, columns: undefined, rows: padding.map((x) => ({ x })) }]) {
      const body = `${ENVELOPE}${JSON.stringify(given, undefined, "\r\n \t")}}`;
      const replies = await Promise.all(
        [long, short].map(async ({ port }) => {
          const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
          socket.end(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
          const [, text = ""] = (await new Response(socket).text()).split("\r\n\r\n");
          return JSON.parse(text).result.values;
        }),
      );
      for (const values of replies)
        assert.deepEqual(
          values,
          padding.map((x) => x * 2),
        );
    }
    const [one, other] = await askBoth(lines, `${ENVELOPE}${JSON.stringify(params)}}\n`);
    assert.equal(one, other);
  }));

test("rows and columns of many slices are in order, and a cancel that follows at once is not lost", () =>
  withBoth(async (lines) => {
    const x = Array.from({ length: 30_000 }, (_, at) => at / 7);
    for (const table of [{ columns: { x } }, { rows: x.map((one) => ({ x: one })) }]) {
      const frame = `${ENVELOPE}${JSON.stringify({ expression: "x + 1", ...table })}}\n`;
      const line = lines[0];
      line?.send(frame);
      assert.deepEqual(
        JSON.parse((await line?.next()) ?? "").result.values,
        x.map((one) => one + 1),
      );
      line?.send(`${frame}{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":1}}\n`);
      assert.equal(JSON.parse((await line?.next()) ?? "").error.data.name, "cancelled");
    }
  }));

test("a long answer leaves in several writes, no character of it halved, and others in its order", () =>
  withBoth(async ([line]) => {
    assert.ok(line !== undefined);
    for (const shift of ["", "a"]) {
      const x = Array.from({ length: 150 }, () => "\u{1f600}".repeat(300));
      const expression = `concat("${shift}", x)`;
      line.send(`${ENVELOPE}${JSON.stringify({ expression, columns: { x } })}}\n`);
      assert.deepEqual(
        JSON.parse((await line.next()) ?? "").result.values,
        x.map((text) => `${shift}${text}`),
      );
      assert.equal((await line.calc("6 * 7", { record: false })).result.text, "42");
    }
  }));

test("a table that waits for a free slot takes room like one that is coming in, and gives it back when its peer is gone", () =>
  withServer(
    { frameBytesMax: SHORT, rowsBytesMax: "65536", callsInFlightMax: "1", evaluateMs: "5000" },
    async (line, { port }) => {
      const other = await Line.to(port);
      const table = `${ENVELOPE}${JSON.stringify({ expression: "x", columns: { x: Array(20_000).fill(1) } })}}\n`;
      other.send(`{"jsonrpc":"2.0","id":0,"method":"server.ping"}\n`);
      await other.next();
      const bomb = { expression: "g(n) = n < 1 ? 0 : g(n - 1) + g(n - 1); g(60)", record: false };
      other.send(`${JSON.stringify({ jsonrpc: "2.0", id: 2, method: "calc.evaluate", params: bomb })}\n${table}`);
      const ask = () => line.call("calc.evaluateRows", { expression: "x", columns: { x: Array(5_000).fill(1) } });
      let reply = await ask();
      while (reply.error === undefined) reply = await ask();
      assert.equal(reply.error.data.limit?.name, "rowsBytesMax");
      other.socket.resetAndDestroy();
      while (reply.error !== undefined) reply = await ask();
      assert.equal(reply.result.values.length, 5_000);
    },
  ));

test("many tables at once are all answered rightly, and told to come later where there is no room", () =>
  withServer({ rowsBytesMax: "4194304" }, async (_line, { port }) => {
    const x = Array.from({ length: 50_000 }, (_, at) => at % 1_000);
    const frame = `${ENVELOPE}${JSON.stringify({ expression: "x * 2", columns: { x } })}}\n`;
    const counts = { answered: 0, refused: 0 };
    await Promise.all(
      Array.from({ length: 24 }, async () => {
        const line = await Line.to(port);
        line.send(frame);
        const { result, error } = JSON.parse((await line.next()) ?? "");
        line.close();
        if (result === undefined) assert.equal(error.data.limit.name, "rowsBytesMax");
        else assert.equal(result.values.length, 50_000);
        counts[result === undefined ? "refused" : "answered"] += 1;
      }),
    );
    assert.ok(counts.answered >= 4, `${counts.answered} were answered`);
  }));

test("whatever comes after it, and whoever gives up, a table is calculated out of its own bytes", async () => {
  const [rows, tables] = [12_000, 9];
  const table = (id: number) => {
    const columns = { x: Array.from({ length: rows }, (_, at) => id * 1_000_000 + at) };
    const params = { expression: "x * 2", columns };
    return `${JSON.stringify({ jsonrpc: "2.0", id, method: "calc.evaluateRows", params })}\n`;
  };
  const askAll = async (first: number) => {
    const line = await Line.to(long.port);
    try {
      const ids = Array.from({ length: tables }, (_, at) => first + at);
      const isDropped = (id: number) => id % 3 === 1;
      const cancel = (id: number) => `{"jsonrpc":"2.0","method":"$/cancelRequest","params":{"id":${id}}}\n`;
      for (const id of ids) line.send(`${table(id)}${isDropped(id) ? cancel(id) : ""}`);
      for (const _ of ids) {
        const { id, result, error } = JSON.parse((await line.next()) ?? "");
        if (error !== undefined) assert.deepEqual([isDropped(id), error.data.name], [true, "cancelled"]);
        else
          assert.ok(
            result.values.every((value: number, at: number) => value === 2 * (id * 1_000_000 + at)),
            `table ${id}`,
          );
      }
    } finally {
      line.close();
    }
  };
  await Promise.all([100, 200, 300].map(askAll));
});
