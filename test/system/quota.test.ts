/** Processor time as clients meet it: counted whatever became of the call, refused by name, and back in time. */
import assert from "node:assert/strict";
import { after, type TestContext, test } from "node:test";
import { readContract } from "../../scripts/generate/contract.ts";
import { makeAjv } from "../../scripts/generate/validators.ts";
import { openDesk } from "../access/fixture.ts";
import { openHouse } from "../server/house.ts";
import { Line, start } from "./running.ts";

const BOMB = "f(n)=n<1?0:f(n-1)+f(n-1); f(60)";
/** A bomb is charged at least the start of another worker. */
const KILL_MS_MIN = 170;
const ajv = makeAjv(readContract(new URL("../../", import.meta.url)));
const running = await start({ quotaCpuMs: 400, quotaWindowMs: 4_000 });
after(() => running.close());

const bomb = (line: Line) => line.calc(BOMB, { limits: { timeMs: 50 }, record: false });
const infoOf = async (line: Line) => (await line.call("session.info")).result;

/** Less debt than that may be paid before a crowded machine has asked anything else. */
const OWED_MS = 1_000;

/** Bombs until the quota is used up for a while; the refusal, and when it was asked for. */
async function exhaust(line: Line) {
  for (let bombs = 0; bombs < 10; ) {
    const askedMs = performance.now();
    const { error } = await bomb(line);
    if (error.data.name === "quota_exceeded") {
      if ((error.data.retryAfterMs ?? 0) >= OWED_MS) return { error, askedMs };
    } else {
      assert.equal(error.data.name, "time_limit");
      bombs += 1;
    }
  }
  assert.fail("ten bombs were let in");
}

test("who has used up its processor time is refused before anything is begun, until there is room", async () => {
  const line = await Line.to(running.port);
  const { error, askedMs } = await exhaust(line);
  assert.ok(ajv.getSchema("canaduck#/$defs/ErrorObject")?.(error), JSON.stringify(error));
  assert.equal(error.code, -32005);
  assert.deepEqual([error.data.retryable, error.data.limit?.name, error.data.limit?.value], [true, "quotaCpuMs", 400]);
  const retryAfterMs = error.data.retryAfterMs ?? 0;
  assert.ok(retryAfterMs > 0);
  for (const method of ["calc.evaluate", "calc.check"] as const) {
    assert.equal((await line.call(method, { expression: "2+2" })).error.data.name, "quota_exceeded", method);
  }
  const info = await infoOf(line);
  assert.ok(ajv.getSchema("canaduck#/$defs/SessionInfoResult")?.(info), JSON.stringify(info));
  assert.ok((info.quota?.usedCpuMs ?? 0) >= 300 && info.lastSeq === 0, JSON.stringify(info));
  let { result } = await line.calc("2+2");
  while (result === undefined) ({ result } = await line.calc("2+2"));
  assert.equal(result.value, 4);
  assert.ok(performance.now() - askedMs >= retryAfterMs, "not before it was said");
  line.close();
});

test("the quota is the principal's: it comes along with the resume token, and others have their own", async (t) => {
  const slow = await start({ quotaCpuMs: 400, quotaWindowMs: 600_000 });
  t.after(() => slow.close());
  const [line, same, other] = [await Line.to(slow.port), await Line.to(slow.port), await Line.to(slow.port)];
  const { resumeToken, principal } = (await line.call("session.open")).result;
  await exhaust(line);
  await same.call("session.open", { resume: resumeToken });
  assert.equal((await same.calc("2+2")).error.data.name, "quota_exceeded");
  assert.equal((await infoOf(same)).principal, principal);
  assert.equal((await other.calc("2+2")).result.value, 4);
  for (const one of [line, same, other]) one.close();
});

test("every item of a batch is charged", async (t) => {
  // Nothing to speak of comes back while a crowded machine takes its time.
  const slow = await start({ quotaCpuMs: 400, quotaWindowMs: 600_000 });
  t.after(() => slow.close());
  const line = await Line.to(slow.port);
  const params = { expression: BOMB, limits: { timeMs: 50 }, record: false };
  const batch = [1, 2, 3].map((id) => ({ jsonrpc: "2.0", id, method: "calc.evaluate", params }));
  line.send(`${JSON.stringify(batch)}\n`);
  const replies = JSON.parse((await line.next()) ?? "null");
  assert.deepEqual(
    replies.map(({ error }: { error: { data: { name: string } } }) => error.data.name),
    Array(3).fill("time_limit"),
  );
  // Two alone would not have cost so much.
  const { quota } = await infoOf(line);
  assert.ok((quota?.usedCpuMs ?? 0) > 2 * (KILL_MS_MIN + 50), JSON.stringify(quota));
  line.close();
});

test("who hangs up before the answer is charged all the same", async () => {
  const [line, same] = [await Line.to(running.port), await Line.to(running.port)];
  const { resumeToken } = (await line.call("session.open")).result;
  line.send(`${JSON.stringify({ jsonrpc: "2.0", id: 1, method: "calc.evaluate", params: [BOMB] })}\n`);
  await line.call("server.ping", {}, 2);
  line.close();
  await same.call("session.open", { resume: resumeToken });
  const untilMs = performance.now() + 10_000;
  let used = 0;
  while (used < KILL_MS_MIN && performance.now() < untilMs) used = (await infoOf(same)).quota?.usedCpuMs ?? 0;
  assert.ok(used >= KILL_MS_MIN, `${used} ms were charged`);
  same.close();
});

test("every method that evaluates is charged, and refused like the others", async (t) => {
  const slow = await start({ quotaCpuMs: 400, quotaWindowMs: 600_000 });
  t.after(() => slow.close());
  const long = "x * det(inv(random([400, 400])))";
  const calls = [
    ["calc.evaluateRows", { expression: long, columns: { x: [1] } }],
    ["calc.sample", { expression: long, variable: "x", from: 0, to: 1 }],
    ["scope.set", { name: "x", expression: BOMB }],
  ] as const;
  for (const [method, params] of calls) {
    const line = await Line.to(slow.port);
    assert.equal((await line.call(method, params)).error.data.name, "time_limit", method);
    const usedMs = (await infoOf(line)).quota?.usedCpuMs ?? 0;
    assert.ok(usedMs >= KILL_MS_MIN, `${method}: ${usedMs} ms were charged`);
    await exhaust(line);
    assert.equal((await line.call(method, params)).error.data.name, "quota_exceeded", method);
    assert.equal((await line.call("scope.get", { name: "x" })).error.data.name, "quota_exceeded");
    line.close();
  }
});

test("/session tells what is used, and without a quota nothing", async () => {
  const [line, free] = [await Line.to(running.port), await start({ quotaCpuMs: 0 })];
  line.send("/session\n");
  assert.match(
    (await line.lines(3))[2] ?? "",
    /^Server > You have used 0 of 0\.4 s of processor time in 4 s; all of it is back in \d+ s\.$/,
  );
  line.close();
  const unlimited = await Line.to(free.port);
  assert.equal((await infoOf(unlimited)).quota, undefined);
  unlimited.close();
  await free.close();
});

test("to come back as somebody else pays no debt", async (t) => {
  const { house, close } = await openHouse({ quotaCpuMs: 100, quotaWindowMs: 3_600_000 });
  t.after(close);
  const { principals } = house;
  const debtor = principals.create("192.0.2.1");
  debtor.quota.charge(150_000);
  const neighbour = principals.create("192.0.2.1");
  principals.leave(debtor, Date.now());
  assert.throws(() => principals.create("192.0.2.1").quota.check(), /used up/);
  neighbour.quota.check();
  principals.create("192.0.2.2").quota.check();
  principals.create().quota.check();
});

async function enter(t: TestContext, port: number, token?: string) {
  const line = await Line.to(port);
  t.after(() => line.close());
  return { line, ...(await line.call("session.open", token === undefined ? {} : { token })) };
}

test("the quota is that of the role, the same for all who come by the token, and follows the role", async (t) => {
  const desk = openDesk(t);
  const alice = desk.issue("alice", "user");
  const ann = desk.issue("ann", "anyone");
  const settings = { quotaCpuMs: 300, userQuotaCpuMs: 60_000, quotaWindowMs: 3_600_000 };
  const own = await start({ tokens: desk.tokens, ...settings });
  t.after(() => own.close());
  const [nobody, small, large] = [await enter(t, own.port), await enter(t, own.port, ann), await enter(t, own.port, alice)];
  for (const [{ line, result }, role, cpuMs] of [
    [nobody, "anyone", 300],
    [small, "anyone", 300],
    [large, "user", 60_000],
  ] as const) {
    const { result: info } = await line.call("session.info");
    assert.deepEqual([info.role, info.quota?.cpuMs, info.limits["quotaCpuMs"]], [role, cpuMs, cpuMs]);
    assert.deepEqual(info.limits, result.limits);
  }
  // Two bombs cost more than the small quota, far less than the large one.
  for (const { line } of [small, large]) for (const _ of "12") await line.calc(BOMB, { limits: { timeMs: 250 } });
  const { error } = await small.line.calc("1 + 1");
  assert.deepEqual([error.data.name, error.data.limit?.value], ["quota_exceeded", 300]);
  assert.equal((await large.line.calc("1 + 1")).result.text, "2");
  desk.promote("ann", "user");
  own.server.reload();
  assert.equal((await enter(t, own.port, ann)).result.role, "user");
  assert.equal((await small.line.calc("1 + 1")).result.text, "2");
  const { usedCpuMs = 0, cpuMs } = (await small.line.call("session.info")).result.quota ?? {};
  assert.ok(usedCpuMs >= 300 && cpuMs === 60_000, `${usedCpuMs} of ${cpuMs}`);
});
