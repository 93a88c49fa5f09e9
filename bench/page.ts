/** Puts a run's tables and its picture into docs/PERFORMANCE.md and docs/performance.svg. */
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { cpuOf, formatTables, formatVerdicts, type Results } from "./report.ts";
import type { RowsSamples } from "./rows.ts";

const PAGE = new URL("../docs/PERFORMANCE.md", import.meta.url);
const PICTURE = new URL("../docs/performance.svg", import.meta.url);
const BEGIN = "<!-- begin: npm run bench -- --write -->";
const END = "<!-- end -->";
const SHOWN = ["echo", "Redis", "exercise", "jayson", "workerpool", "canaduck"];
const COLOURS = ["#9aa0a6", "#b07aa1", "#edc948", "#4e79a7", "#e15759", "#2a7f3f"];
const [WIDTH, LEFT, ROW, LABEL] = [760, 110, 16, 60];

export function writePage(results: Results, rows: RowsSamples | undefined): void {
  const page = readFileSync(PAGE, "utf8");
  const [before = "", rest = ""] = page.split(BEGIN);
  const after = rest.split(END)[1] ?? "";
  const machine = `Node ${process.version}, ${cpus().length} x ${cpus()[0]?.model ?? "unknown processor"}`;
  const verdicts = formatVerdicts(results, rows).replace(/^/gm, "- ").replace(/- $/, "");
  writeFileSync(PAGE, `${before}${BEGIN}\n\n${machine}\n\n${verdicts}\n${formatTables(results)}\n${END}${after}`);
  writeFileSync(PICTURE, draw(results));
}

/** Bars of CPU per call at depth 64, a group for each workload, on a scale of logarithms: the peers lie two powers of ten apart. */
function draw(results: Results): string {
  const workloads = results.filter(({ shape }) => shape.depth === 64).map(({ workload }) => workload);
  const bars = workloads.flatMap((workload, group) =>
    SHOWN.map((name, index) => ({ name, index, workload, group, us: cpuOf(results, workload, 64, name) })),
  );
  const most = Math.max(...bars.map(({ us }) => (Number.isNaN(us) ? 1 : us)));
  const scale = (us: number) => (Math.log10(us + 1) / Math.log10(most + 1)) * (WIDTH - LEFT - LABEL);
  const groupHeight = SHOWN.length * ROW + 28;
  const drawn = bars.map(({ name, index, workload, group, us }) => {
    const y = group * groupHeight + index * ROW + 24;
    const title = index === 0 ? `<text x="4" y="${y - 6}" font-weight="bold">${workload}</text>` : "";
    if (Number.isNaN(us)) return `${title}<text x="${LEFT}" y="${y + 11}" fill="#777">${name}: cannot</text>`;
    const bar = `<rect x="${LEFT}" y="${y}" width="${scale(us).toFixed(1)}" height="${ROW - 3}" fill="${COLOURS[index]}"/>`;
    const label = `<text x="${LEFT - 6}" y="${y + 11}" text-anchor="end">${name}</text>`;
    return `${title}${bar}${label}<text x="${(LEFT + scale(us) + 5).toFixed(1)}" y="${y + 11}">${us.toFixed(1)} us</text>`;
  });
  const height = workloads.length * groupHeight + 8;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" font-family="sans-serif" font-size="11">\n<title>Microseconds of CPU per call at depth 64</title>\n<rect width="100%" height="100%" fill="white"/>\n${drawn.join("\n")}\n</svg>\n`;
}
