/** Waiting in a test: for a condition, never for a time, and never for ever. */

/** Looked at again after so long: a test that spins takes the processor from what it waits for. */
const LOOK_MS = 5;

/** Resolves when the condition holds; rejects after a minute, naming what never came. Looks every few milliseconds. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const endMs = performance.now() + 60_000;
  while (!(await condition())) {
    if (performance.now() > endMs) throw new Error(`never: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
