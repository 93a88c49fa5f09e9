/**
 * Node's streams call `process.nextTick` for every chunk they read. In a server that has just started, a call of it costs 70 ns, and
 * after a second 380, for as long as the process lives: the object it makes of each call asks V8's runtime for two of its members.
 * Without V8's middle compiler it does not happen. That compiles what counts the ids of such objects before `nextTick` itself is
 * compiled; likely ids are floating-point numbers from then on, and what V8 had learnt of the objects is no longer true. Where
 * `nextTick` was called often before, it stays fast.
 */

/** In rounds, because V8 compiles aside: of 200 calls three starts of three were slow afterwards, of 600 none. */
const ROUNDS = 10;
const TICKS = 100;

/** Call it early. About a millisecond, in pieces between which others have their turn. */
export function warmTicks(round = 0): void {
  for (let tick = 0; tick < TICKS; tick += 1) process.nextTick(nothing);
  if (round + 1 < ROUNDS) setImmediate(warmTicks, round + 1);
}

function nothing(): void {}
