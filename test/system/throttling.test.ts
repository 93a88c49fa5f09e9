/** Guessing tokens: after a few wrong ones no token from there is looked at, over however many connections they come. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openDesk } from "../access/fixture.ts";
import { openHouse } from "../server/house.ts";
import { Line, start } from "./running.ts";

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
    assert.deepEqual(error.data.limit, { name: "tokenFailuresPerAddressMax", value: 5 });
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
  assert.deepEqual(error.data.limit, { name: "tokenFailuresMax", value: 3 });
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
