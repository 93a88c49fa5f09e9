/**
 * A turn is one event and all that follows from it at once: a chunk that came in, the answers of a jailed process, the commits
 * of a history in a file or in memory. The system is asked for the time once in it, and what is put off to its end is done once for all it brought.
 *
 * A chunk of 64 calls looks at the clock several times a call, and each look costs as much as a look-up; `process.nextTick` and
 * promises would do for the end, but each has the engine come back once more. What must be measured inside a turn uses
 * `performance.now()` itself. Outside of one every look is a look of its own.
 */
import { performance } from "node:perf_hooks";

let isOn = false;
let ms = 0;
let date = 0;
const ends: (() => void)[] = [];

/** Handles an event; one inside another is a part of it. */
export function takeTurn(handle: () => void): void {
  if (isOn) return handle();
  isOn = true;
  try {
    handle();
    // What is done at the end may put off more.
    for (let action = ends.shift(); action !== undefined; action = ends.shift()) action();
  } finally {
    isOn = false;
    ms = 0;
    date = 0;
    // Something has thrown: whoever lives on is not to wait for what may never come.
    if (ends.length > 0) for (const action of ends.splice(0)) process.nextTick(action);
  }
}

/** Calls `action` when the event has been handled, in the order of asking; never before this returns. */
export function atTurnEnd(action: () => void): void {
  if (isOn) ends.push(action);
  else process.nextTick(action);
}

/** Monotonic milliseconds: never goes back, and is never older than the event that is being handled. */
export function turnMs(): number {
  if (!isOn) return performance.now();
  if (ms === 0) ms = performance.now();
  return ms;
}

/** Milliseconds since 1970, as the system's clock has it, whole; what it is set to meanwhile is seen by the next turn. */
export function turnDate(): number {
  if (!isOn) return Date.now();
  if (date === 0) date = Date.now();
  return date;
}
