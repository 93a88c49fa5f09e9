/** When requests leave for the jail: together, or at once where there is nobody to wait for. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Batching } from "../../src/evaluator/batching.ts";
import { takeTurn } from "../../src/turn.ts";

/** How many leave each time, and one event that brings so many; tells how many had left when it ended. */
function open() {
  const left: number[] = [];
  let waiting = 0;
  const batching = new Batching(() => {
    left.push(waiting);
    waiting = 0;
  });
  const bring = (count: number): number => {
    const before = left.length;
    takeTurn(() => {
      for (let one = 0; one < count; one += 1) {
        waiting += 1;
        batching.came();
      }
      assert.equal(left.length, before, "nobody leaves while others may come");
    });
    return left.length - before;
  };
  const answer = (count: number) => {
    for (let one = 0; one < count; one += 1) batching.answered();
  };
  return { left, bring, answer };
}

test("what comes in one turn of the loop leaves together, however many events bring it", async () => {
  const { left, bring } = open();
  assert.deepEqual([bring(3), bring(1), bring(2)], [0, 0, 0]);
  await nextTurn();
  assert.deepEqual(left, [6]);
});

test("who came alone last time leaves at the end of its event, and who never did does not", async () => {
  const { left, bring, answer } = open();
  assert.equal(bring(1), 0);
  await nextTurn();
  answer(1);
  assert.equal(bring(1), 1);
  answer(1);
  assert.equal(bring(1), 1);
  await nextTurn();
  assert.deepEqual(left, [1, 1, 1]);
});

test("whoever comes while another waits for an answer waits for those that follow", async () => {
  const { left, bring } = open();
  bring(1);
  await nextTurn();
  assert.deepEqual([bring(1), bring(1)], [0, 0]);
  await nextTurn();
  assert.deepEqual(left, [1, 2]);
});

for (const clients of [2, 64]) {
  test(`of ${clients} clients that ask in waves the first leaves alone once at most, the others together`, async () => {
    const { left, bring, answer } = open();
    bring(1);
    await nextTurn();
    answer(1);
    for (let wave = 0; wave < 3; wave += 1) {
      for (let client = 0; client < clients; client += 1) bring(1);
      await nextTurn();
      answer(clients);
    }
    assert.deepEqual(left, [1, 1, clients - 1, clients, clients]);
  });
}

test("whoever comes because one that left was refused waits for the next turn", async () => {
  let left = 0;
  const refusedAtOnce = new Batching(() => {
    left += 1;
    refusedAtOnce.answered();
    if (left < 5) refusedAtOnce.came();
  });
  refusedAtOnce.came();
  for (let turn = 1; turn <= 5; turn += 1) {
    await nextTurn();
    assert.equal(left, turn);
  }
});
