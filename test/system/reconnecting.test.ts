/** A client that comes on a new connection for each bomb: it is not taken for somebody else, and who was there before is not taken for it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openHouse } from "../server/house.ts";
import { Line } from "./running.ts";

const BOMB = "f(n)=n<1?0:f(n-1)+f(n-1); f(60)";
// Not provably cheap.
const GOOD = ["det(resize([1, 2; 3, 4], [2, 2]))", "det(resize([2, 2; 3, 4], [2, 2]))", "det(resize([3, 2; 3, 4], [2, 2]))"];

test("behaving well on each new connection does not open the slow lane to a bomber", async (t) => {
  const { house, port, close } = await openHouse({ evaluateMs: "600", penalMs: "60000" });
  t.after(close);
  const slow = () => house.evaluator.status().workers.find(({ lane }) => lane === "slow");
  const honest = await trusted(port);
  // The first bomb of somebody trusted falls where the trusted work; a spare takes the place at once.
  await goOff(port);
  while (slow() === undefined) assert.equal((await honest.calc("2+2", { record: false })).result.value, 4);
  const worker = slow();
  for (let bombs = 0; bombs < 4; bombs++) await goOff(port);
  assert.equal((await honest.calc("det(resize([9, 2; 3, 4], [2, 2]))")).result.value, 30);
  assert.equal(slow()?.pid, worker?.pid, "no bomb reached it");
  assert.equal(slow()?.jobs, (worker?.jobs ?? 0) + 1, "and nothing else of theirs did");
  honest.close();
});

/** A client whose three values have opened the slow lane to it, unless its network burns. */
async function trusted(port: number): Promise<Line> {
  const line = await Line.to(port);
  for (const expression of GOOD) {
    const { result, error } = await line.calc(expression);
    assert.deepEqual([typeof result?.value, error?.data], ["number", undefined]);
  }
  return line;
}

async function goOff(port: number): Promise<void> {
  const line = await trusted(port);
  assert.equal((await line.calc(BOMB)).error.data.name, "time_limit");
  line.close();
}
