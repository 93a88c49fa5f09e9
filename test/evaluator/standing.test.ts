/** Who may work beside the others, and who works behind them. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Meter } from "../../src/evaluator/meter.ts";
import { Standings } from "../../src/evaluator/standing.ts";

const limits = { penalMs: 1_000, burnPercent: 25, burstUs: 500_000, rememberedMax: 4 };
const by = (client: string, network?: string, sinceMs?: number) => ({
  client,
  expression: "",
  ...(network !== undefined && { network }),
  ...(sinceMs !== undefined && { sinceMs }),
});

function trust(standings: Standings, request: ReturnType<typeof by>, nowMs = 0): void {
  for (const us of [10, 10, 10]) standings.worked({ request, us, good: true }, nowMs);
}

test("nobody is trusted before three values in a row", () => {
  const standings = new Standings(limits);
  const a = by("a");
  assert.equal(standings.lane(a, 0), "back");
  for (const good of [true, true, false, true, true]) standings.worked({ request: a, us: 10, good }, 0);
  assert.equal(standings.lane(a, 0), "back");
  standings.worked({ request: a, us: 10, good: true }, 0);
  assert.equal(standings.lane(a, 0), "slow");
  assert.equal(standings.lane(by("b"), 0), "back");
});

test("who burned works behind the others for a while, and begins anew", () => {
  const standings = new Standings(limits);
  const a = by("a");
  trust(standings, a);
  standings.burned(a, false, 0);
  trust(standings, a, 1);
  assert.equal(standings.isPenal(a, 999), true);
  assert.equal(standings.lane(a, 999), "back");
  assert.equal(standings.isBarred(a, 999), false, "its cheap work is as welcome as ever");
  assert.equal(standings.lane(a, 1_000), "slow", "it has behaved meanwhile");
  assert.equal(standings.isHot(1_000), false);
});

test("who is never killed and yet uses more than its share burns as well", () => {
  const standings = new Standings(limits);
  const [heavy, light] = [by("heavy"), by("light")];
  for (let nowMs = 0; nowMs < 10_000; nowMs += 100) {
    standings.worked({ request: heavy, us: 50_000, good: true }, nowMs);
    standings.worked({ request: light, us: 20_000, good: true }, nowMs);
  }
  assert.equal(standings.lane(heavy, 10_000), "back");
  assert.equal(standings.lane(light, 10_000), "slow");
});

test("only who killed with what looked cheap is kept from the fast lane", () => {
  const standings = new Standings(limits);
  standings.burned(by("a"), true, 0);
  assert.deepEqual([standings.isBarred(by("a"), 999), standings.isBarred(by("b"), 999)], [true, false]);
  assert.equal(standings.isBarred(by("a"), 1_000), false);
});

test("who comes from a network that burns is not trusted, who was there before is judged by itself", () => {
  const standings = new Standings(limits);
  const [old, fresh, elsewhere] = [by("old", "n", 5), by("fresh", "n", 20), by("elsewhere", "m", 20)];
  for (const one of [old, fresh, elsewhere]) trust(standings, one, 25);
  assert.equal(standings.lane(fresh, 25), "slow");
  standings.burned(by("bomber", "n", 6), true, 10);
  assert.deepEqual(
    [old, fresh, elsewhere].map((one) => standings.lane(one, 30)),
    ["slow", "back", "slow"],
  );
  assert.deepEqual([standings.isBarred(fresh, 30), standings.isBarred(old, 30)], [true, false]);
  assert.equal(standings.lane(fresh, 1_010), "slow", "the network has cooled");
});

test("memory is bounded: who was not heard of longest is unknown again", () => {
  const standings = new Standings(limits);
  for (const client of ["a", "b", "c", "d", "e"]) trust(standings, by(client));
  assert.deepEqual(
    ["a", "b", "c", "d", "e"].map((client) => standings.lane(by(client), 0)),
    ["back", "slow", "slow", "slow", "slow"],
  );
});

test("a meter forgets at its rate, and tells when it will have", () => {
  const meter = new Meter(2);
  meter.add(100, 0);
  meter.add(20, 10);
  assert.equal(meter.level(10), 100);
  assert.equal(meter.fallsToMs(40, 20), 20);
  assert.equal(meter.level(1_000), 0);
  assert.equal(meter.fallsToMs(40, 1_000), 0);
});
