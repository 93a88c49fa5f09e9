/** What many calls took, in the few numbers that people compare. */

export type Spread = { calls: number; failed: number; p50Ms: number; p99Ms: number; worstMs: number };

export function spreadOf(ms: readonly number[], failed: number): Spread {
  const sorted = ms.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
  return { calls: sorted.length, failed, p50Ms: at(0.5), p99Ms: at(0.99), worstMs: at(1) };
}

/** A table for people, a row for each name. */
export function formatSpreads(spreads: Readonly<Record<string, Spread>>): string {
  const line = (name: string, cells: readonly (string | number)[]) =>
    `${name.padEnd(24)}${cells.map((cell) => String(cell).padStart(9)).join("")}`;
  const rows = Object.entries(spreads).map(([name, { calls, failed, p50Ms, p99Ms, worstMs }]) =>
    line(name, [calls, failed, p50Ms.toFixed(1), p99Ms.toFixed(1), worstMs.toFixed(1)]),
  );
  return [line("", ["calls", "failed", "p50 ms", "p99 ms", "worst ms"]), ...rows].join("\n");
}
