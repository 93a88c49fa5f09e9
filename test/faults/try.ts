import { formatFairness, measureFairness } from "./fairness.ts";

const reconnecting = process.argv[2] === "reconnecting";
console.log(
  formatFairness(await measureFairness({ seed: 1, rounds: 6, phaseMs: Number(process.argv[3] ?? 2500), reconnecting })),
);
