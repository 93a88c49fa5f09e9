/**
 * Node's streams call `process.nextTick` for every chunk they read. What that makes of each call is an object whose first members
 * are two ids, and V8 keeps in mind how such objects grew when it saw the first of them. Should its middle compiler get hold of
 * what counts the ids before `nextTick` itself was compiled, ids are floating-point numbers from then on, the objects grow in
 * another way, and each call asks V8's runtime twice: 380 ns in place of 70, for as long as the process lives.
 * A server that starts here comes to that within a second; so `nextTick` is called often before.
 */

/** In rounds, because V8 compiles aside: 200 calls are too few, 600 did always. */
const ROUNDS = 10;
const TICKS = 100;

/** Call it early. About a millisecond, in pieces between which others have their turn. */
export function warmTicks(round = 0): void {
  for (let tick = 0; tick < TICKS; tick += 1) process.nextTick(nothing);
  if (round < ROUNDS) setImmediate(warmTicks, round + 1);
}

function nothing(): void {}
