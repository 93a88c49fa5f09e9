/** Ends the process's trust in itself: what must be true is not. Caught nowhere but at the top, which logs it and exits. */
export function invariant(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${what}`);
}
