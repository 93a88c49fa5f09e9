/** Guessing tokens: after a few wrong ones no token from there is looked at, over however many connections they come. */
import assert from "node:assert/strict";
import { connect, type NetConnectOpts } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { openDesk } from "../access/fixture.ts";
import { openHouse } from "../server/house.ts";
import { Line, start } from "./running.ts";

const isLinux = process.platform === "linux";
const guess = (n: number) => `ckt_${String(n).padStart(16, "0")}_${"0".repeat(64)}`;

async function open(port: number, token: string) {
  const line = await Line.to(port);
  const { error, result } = await line.call("session.open", { token });
  line.close();
  return { error, result };
}

test("many connections guess no more than one, and a right token among them buys no guesses", async (t) => {
  const desk = openDesk(t);
  const [alice, bob] = [desk.issue("alice", "user"), desk.issue("bob", "user")];
  const house = await openHouse({ tokens: desk.tokens, tokenFailuresPerAddressMax: 5, tokenFailuresMs: 3_600_000 });
  t.after(house.close);
  let looked = 0;
  const { access } = house.house;
  const authenticate = access.authenticate.bind(access);
  access.authenticate = (...asked) => {
    const found = authenticate(...asked);
    if (found.throttled === undefined) looked += 1;
    return found;
  };
  for (let i = 0; i < 4; i++) assert.equal((await open(house.port, guess(i))).error.data.retryAfterMs, undefined);
  assert.equal((await open(house.port, alice)).result.name, "alice");
  const replies = await Promise.all(Array.from({ length: 100 }, (_, i) => open(house.port, i === 99 ? bob : guess(i))));
  for (const { error } of replies) assert.deepEqual([error.code, error.data.name], [-32001, "unauthenticated"]);
  const refused = replies.filter(({ error }) => error.data.retryAfterMs !== undefined);
  assert.equal(refused.length, 99);
  for (const { error } of refused) {
    assert.deepEqual(error.data.limit, { name: "tokenFailuresPerAddressMax", value: 5, ceiling: 1_000_000 });
    assert.ok((error.data.retryAfterMs ?? 0) > 3_500_000);
  }
  assert.equal(looked, 6);
});

test("all addresses together have a limit too, and who is in already stays in", async (t) => {
  const desk = openDesk(t);
  const alice = desk.issue("alice", "user");
  const running = await start({ tokens: desk.tokens, tokenFailuresMax: 3, tokenFailuresMs: 3_600_000 });
  t.after(() => running.close());
  const line = await Line.to(running.port);
  t.after(() => line.close());
  assert.equal((await line.call("session.open", { token: alice })).result.name, "alice");
  for (let i = 0; i < 3; i++) await open(running.port, guess(i));
  const { error } = await open(running.port, alice);
  assert.deepEqual(error.data.limit, { name: "tokenFailuresMax", value: 3, ceiling: 1_000_000 });
  assert.equal((await line.calc("1 + 1")).result.text, "2");
});

test("when the time is over the right token gets in", async (t) => {
  const desk = openDesk(t);
  const alice = desk.issue("alice", "user");
  const running = await start({ tokens: desk.tokens, tokenFailuresPerAddressMax: 1, tokenFailuresMs: 100 });
  t.after(() => running.close());
  const line = await Line.to(running.port);
  t.after(() => line.close());
  line.send(`/login ${guess(1)}\n/login ${guess(2)}\n`);
  assert.match((await line.next()) ?? "", /Log in with/);
  const second = (await line.next()) ?? "";
  assert.match(second, /Try again in 1 s|Log in with/);
  let reply = await open(running.port, alice);
  while (reply.error?.data.retryAfterMs !== undefined) reply = await open(running.port, alice);
  assert.equal(reply.result.name, "alice");
});

/** The answer to one token over a connection of these options. */
async function openBy(options: NetConnectOpts, token: string) {
  const socket = connect(options);
  socket.end(`${JSON.stringify({ jsonrpc: "2.0", id: 1, method: "session.open", params: { token } })}\n`);
  return JSON.parse(await text(socket));
}

test("guesses over a unix socket count as one address, and are no one else's", async (t) => {
  const desk = openDesk(t);
  const alice = desk.issue("alice", "user");
  const path = join(desk.folder, "s");
  const settings = { listen: ["tcp://127.0.0.1:0", `unix:${path}`], tokenFailuresPerAddressMax: 3, tokenFailuresMs: 3_600_000 };
  const running = await start({ tokens: desk.tokens, ...settings });
  t.after(() => running.close());
  for (let i = 0; i < 3; i++) assert.equal((await openBy({ path }, guess(i))).error.data.limit, undefined);
  for (const token of [guess(4), alice]) {
    const { error } = await openBy({ path }, token);
    assert.deepEqual(error.data.limit, { name: "tokenFailuresPerAddressMax", value: 3, ceiling: 1_000_000 });
  }
  assert.equal((await open(running.port, alice)).result.name, "alice");
});

test("guesses from many addresses meet the limit of all of them", {
  skip: !isLinux && "127.0.0.2 is not an own address",
}, async (t) => {
  const desk = openDesk(t);
  const settings = { tokenFailuresPerAddressMax: 2, tokenFailuresMax: 12, tokenFailuresMs: 3_600_000 };
  const { port, close } = await start({ tokens: desk.tokens, ...settings });
  t.after(close);
  const names: unknown[] = [];
  for (let i = 0; i < 30; i++) {
    const { error } = await openBy({ port, host: "127.0.0.1", localAddress: `127.0.0.${2 + (i % 10)}` }, guess(i));
    assert.equal(error.data.name, "unauthenticated");
    names.push(error.data.limit?.name);
  }
  // Ten addresses guess once each, two of them a second time; then nobody's guess is looked at.
  assert.deepEqual(names.slice(0, 12), Array(12).fill(undefined));
  assert.ok(names.slice(12).every((name) => name !== undefined));
  assert.ok(names.slice(12).includes("tokenFailuresMax"));
});

test("what finds an anonymous history again is as hard to guess as a token, so that nobody need be made to wait", async (t) => {
  const { port, close } = await start({ tokenFailuresPerAddressMax: 1, tokenFailuresMax: 1, tokenFailuresMs: 3_600_000 });
  t.after(close);
  const line = await Line.to(port);
  t.after(() => line.close());
  const seen = new Set<string>();
  for (let i = 0; i < 20; i++) {
    const other = await Line.to(port);
    const { resumeToken = "" } = (await other.call("session.open")).result;
    assert.equal(Buffer.from(resumeToken, "base64url").length, 24);
    seen.add(resumeToken);
    other.close();
    // Clients that come back to a server that forgot them are many and innocent, and often share an address.
    assert.equal(
      (await line.call("session.open", { resume: resumeToken.toLowerCase().padEnd(33, "x") })).error.data.name,
      "not_found",
    );
  }
  assert.equal(seen.size, 20);
});
