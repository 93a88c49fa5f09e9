/** One event and what follows from it: one time for all of it, and an end where what was put off is done. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { setImmediate as nextEvent } from "node:timers/promises";
import fc from "fast-check";
import { atTurnEnd, takeTurn, turnDate, turnMs } from "../src/turn.ts";

/** Until the clock has moved: neither time is as fine as the other. */
function waste(): void {
  const [ms, date] = [performance.now(), Date.now()];
  while (performance.now() < ms + 0.1 || Date.now() === date);
}

test("the times of a turn stand still in it, and are new in the next and outside", () => {
  const times: [number, number][] = [];
  const look = () => times.push([turnMs(), turnDate()]);
  const [before, dateBefore] = [performance.now(), Date.now()];
  for (let turn = 0; turn < 2; turn += 1) {
    takeTurn(() => {
      look();
      waste();
      look();
      atTurnEnd(look);
    });
    waste();
  }
  look();
  waste();
  look();
  const [first, again, atEnd, second, , , outside, later] = times;
  assert.deepEqual([again, atEnd], [first, first]);
  const inOrder = [[before, dateBefore], first, second, outside, later];
  for (const [at, time] of inOrder.entries()) {
    const next = inOrder[at + 1];
    if (time === undefined || next === undefined) continue;
    assert.ok((time[0] ?? 0) < (next[0] ?? 0) || at === 0, `ms ${at}`);
    assert.ok((time[1] ?? 0) < (next[1] ?? 0) || at === 0, `date ${at}`);
  }
});

test("what throws ends its turn, and what was put off is done all the same", async () => {
  const done: string[] = [];
  assert.throws(() =>
    takeTurn(() => {
      turnMs();
      atTurnEnd(() => {
        throw new Error("a bug");
      });
      atTurnEnd(() => void done.push("behind it"));
    }),
  );
  const before = performance.now();
  assert.ok(turnMs() >= before);
  assert.throws(() =>
    takeTurn(() => {
      atTurnEnd(() => void done.push("before it"));
      throw new Error("another");
    }),
  );
  await nextEvent();
  assert.deepEqual(done, ["behind it", "before it"]);
});

test("outside of a turn, too, what is put off comes after whoever asked for it", async () => {
  let done = false;
  atTurnEnd(() => {
    done = true;
  });
  assert.equal(done, false);
  await nextEvent();
  assert.equal(done, true);
});

/** What is put off, and what that puts off in its turn. */
type Wish = { wishes: Wish[]; inner: boolean };

const { wish } = fc.letrec<{ wish: Wish }>((tie) => ({
  wish: fc.oneof(
    { maxDepth: 3 },
    fc.record({ wishes: fc.constant<Wish[]>([]), inner: fc.boolean() }),
    fc.record({ wishes: fc.array(tie("wish"), { maxLength: 3 }), inner: fc.boolean() }),
  ),
}));

test("all that is put off is done once, in the order of asking, before the turn is over, however turns lie in one another", () => {
  fc.assert(
    fc.property(fc.array(wish, { maxLength: 5 }), (all) => {
      const asked: Wish[] = [];
      const done: Wish[] = [];
      const ask = (wish: Wish) => {
        asked.push(wish);
        const action = () => {
          done.push(wish);
          for (const one of wish.wishes) ask(one);
        };
        if (wish.inner) takeTurn(() => atTurnEnd(action));
        else atTurnEnd(action);
      };
      takeTurn(() => {
        for (const wish of all) ask(wish);
        assert.deepEqual(done, []);
      });
      assert.deepEqual(done, asked);
      assert.equal(new Set(done).size, done.length);
    }),
  );
});
