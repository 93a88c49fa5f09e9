/** Results as tables, and against the targets. */
import type { Sample, Shape } from "./load.ts";
import type { RowsSamples } from "./rows.ts";
import type { WorkloadName } from "./workloads.ts";

/** One workload in one shape, with the samples of each target by name. */
export type Results = { workload: WorkloadName; shape: Shape; samples: Map<string, Sample[]> }[];

/** Ratio of CPU per call, at depth 64, that Canaduck wants to stay under. */
type Goal = { workload: WorkloadName; than: string; atMost: number; depth: number };

const GOALS: readonly Goal[] = [
  { workload: "UNIQUE", than: "workerpool", atMost: 0.06, depth: 64 },
  { workload: "UNIQUE", than: "jayson", atMost: 0.25, depth: 64 },
  { workload: "UNIQUE", than: "exercise", atMost: 0.4, depth: 64 },
  { workload: "FORMULA", than: "jayson", atMost: 0.22, depth: 64 },
  { workload: "REPEAT", than: "echo", atMost: 1.3, depth: 64 },
  { workload: "REPEAT", than: "Redis", atMost: 1, depth: 64 },
  { workload: "MIX", than: "jayson", atMost: 0.5, depth: 64 },
  { workload: "UNIQUE", than: "workerpool", atMost: 0.45, depth: 1 },
];
/** Microseconds that recording may add to a call at depth 64. */
const RECORDING_US = 5;
/** Of the CPU of a single call at depth 64, what a row of a table may cost. */
const ROW_SHARE = 1 / 15;

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Median CPU per call; NaN when it was not measured. */
export function cpuOf(results: Results, workload: WorkloadName, depth: number, name: string): number {
  const found = results.find((one) => one.workload === workload && one.shape.depth === depth && one.shape.connections === 1);
  return median((found?.samples.get(name) ?? []).map(({ cpuUs }) => cpuUs));
}

/** A Markdown table for each shape: a row for each target and workload. */
export function formatTables(results: Results): string {
  const shapes = [...new Set(results.map(({ shape }) => `${shape.depth}x${shape.connections}`))];
  return shapes
    .map((text) =>
      formatShape(
        text,
        results.filter(({ shape }) => `${shape.depth}x${shape.connections}` === text),
      ),
    )
    .join("\n");
}

function formatShape(text: string, results: Results): string {
  const [depth, connections] = text.split("x");
  const rows = results.flatMap(({ workload, samples }) => [...samples].map(([name, list]) => formatRow(workload, name, list)));
  return [
    `Depth ${depth}, ${connections} ${connections === "1" ? "connection" : "connections"}:`,
    "",
    "| workload | target | CPU us per call (least to most) | calls/s | p50 ms | p99 ms |",
    "|---|---|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

function formatRow(workload: string, name: string, samples: readonly Sample[]): string {
  const cpu = samples.map(({ cpuUs }) => cpuUs);
  const spread = `${median(cpu).toFixed(1)} (${Math.min(...cpu).toFixed(1)} to ${Math.max(...cpu).toFixed(1)})`;
  const wrong = samples.reduce((sum, sample) => sum + sample.wrong, 0);
  const middle = (pick: (sample: Sample) => number, digits: number) => median(samples.map(pick)).toFixed(digits);
  const times = `${middle((sample) => sample.callsPerSecond, 0)} | ${middle((sample) => sample.p50Ms, 2)} | ${middle((sample) => sample.p99Ms, 2)}`;
  return `| ${workload} | ${name}${wrong > 0 ? `, ${wrong} WRONG` : ""} | ${spread} | ${times} |`;
}

/** A line for each goal that this run can judge. */
export function formatVerdicts(results: Results, rows?: RowsSamples): string {
  const lines = GOALS.flatMap(({ workload, than, atMost, depth }) => {
    const ratio = cpuOf(results, workload, depth, "canaduck") / cpuOf(results, workload, depth, than);
    const verdict = ratio <= atMost ? "met" : "missed";
    return Number.isNaN(ratio)
      ? []
      : [`${workload}, depth ${depth}: ${ratio.toFixed(3)} of ${than}, wanted at most ${atMost}: ${verdict}`];
  });
  lines.push(...formatFloor(results));
  const recording = cpuOf(results, "UNIQUE", 64, "canaduck, recorded") - cpuOf(results, "UNIQUE", 64, "canaduck");
  if (!Number.isNaN(recording)) {
    const verdict = recording <= RECORDING_US ? "met" : "missed";
    lines.push(`Recording adds ${recording.toFixed(1)} us, wanted at most ${RECORDING_US}: ${verdict}`);
    const journal = cpuOf(results, "UNIQUE", 64, "journal") - cpuOf(results, "UNIQUE", 64, "echo");
    if (!Number.isNaN(journal))
      lines.push(`Recording: a file and fsync, and nothing else, add ${journal.toFixed(1)} us by themselves`);
  }
  if (rows !== undefined) lines.push(judgeRows(rows));
  return lines.map((line) => `${line}\n`).join("");
}

/** What of the one target at depth 1 is lost before anything is looked at. */
function formatFloor(results: Results): string[] {
  const of = (name: string) => cpuOf(results, "UNIQUE", 1, name);
  const [share, times] = [of("relay") / of("workerpool"), of("canaduck") / of("relay")];
  if (Number.isNaN(share + times)) return [];
  return [
    `UNIQUE, depth 1: to another process and back is ${share.toFixed(3)} of workerpool by itself; canaduck ${times.toFixed(2)} of that`,
  ];
}

function judgeRows({ rows, rowUs, callUs, wrong }: RowsSamples): string {
  const [row, call] = [median(rowUs), median(callUs)];
  const verdict = wrong > 0 ? `${wrong} WRONG` : row / call <= ROW_SHARE ? "met" : "missed";
  const told = `${row.toFixed(2)} us a row (${Math.min(...rowUs).toFixed(2)} to ${Math.max(...rowUs).toFixed(2)})`;
  const share = `1/${(call / row).toFixed(1)} of a single call (${call.toFixed(1)} us)`;
  return `${rows} rows of FORMULA: ${told}, ${share}, wanted at most 1/${1 / ROW_SHARE}: ${verdict}`;
}
