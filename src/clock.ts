/**
 * The time of the turn: monotonic milliseconds, asked of the system once for everything that one event brings.
 *
 * A chunk of 64 calls looks at the clock several times a call, and each look costs as much as a look-up. What must be measured
 * inside a turn uses `performance.now()` itself.
 */
let turn = 0;
/** What follows on it runs when the event has been handled, and costs less than `process.nextTick`, which makes an object the slow way. */
const handled = Promise.resolve();

function forget(): void {
  turn = 0;
}

/** Never goes back, and is never older than the event that is being handled. */
export function turnMs(): number {
  if (turn !== 0) return turn;
  turn = performance.now();
  handled.then(forget);
  return turn;
}
