/**
 * The time of the turn, monotonic and of the calendar: milliseconds, asked of the system once for everything that one event brings.
 *
 * A chunk of 64 calls looks at the clock several times a call, and each look costs as much as a look-up. What must be measured
 * inside a turn uses `performance.now()` itself.
 */
let turn = 0;
let date = 0;
/** What follows on it runs when the event has been handled, and costs less than `process.nextTick`, which makes an object the slow way. */
const handled = Promise.resolve();

function forget(): void {
  turn = 0;
  date = 0;
}

/** Never goes back, and is never older than the event that is being handled. */
export function turnMs(): number {
  if (turn !== 0) return turn;
  turn = performance.now();
  handled.then(forget);
  return turn;
}

/** Since 1970, as the system's clock has it, whole; what it is set to meanwhile is seen by the next turn. */
export function turnDate(): number {
  if (date !== 0) return date;
  // Where nobody has asked for the other yet, nobody has said either that both are to be forgotten.
  turnMs();
  date = Date.now();
  return date;
}
