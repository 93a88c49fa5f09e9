/** What a self-check found: the counts, the exit status, the table for people and the object for programs. Pure. */
import type { Layer } from "../evaluator/evaluator.ts";
import { harmless } from "../harmless.ts";
import type { Paint } from "./render.ts";
import { STATUS } from "./status.ts";
import { type End, type Finding, isLayer, LAYERS, type Trial } from "./trial.ts";

export type Report = {
  version: string;
  jail: "require" | "prefer" | "off";
  seconds: number;
  /** As the server proves them at its start. */
  layers: Layer[];
  trials: Trial[];
};

/** Trials with a column in the table; the others are a line each. */
const COLUMNS = ["door", "escapes", "bombs", "probes"];
const NOTES: Readonly<Record<string, string>> = {
  references: "reference calculations after each class of escapes",
  memory: "memory of this process",
  bait: "what the probes were let loose at",
  processes: "processes left behind",
};
const ENDS: Readonly<Record<Exclude<End, keyof typeof LAYERS>, string>> = {
  mistake: "refused by the maths",
  answer: "a harmless answer",
  missing: "REACHED, layer missing",
  through: "GOT THROUGH",
  untried: "not tried",
  unjudged: "not judged",
};
const BAD: readonly End[] = ["through", "missing", "untried", "unjudged"];
/** What is a line of its own below the table; how much was not tried is told by the verdict alone. */
const TOLD: readonly End[] = ["through", "missing", "unjudged"];
const COMPLAINTS_MAX = 40;

/** The worst decides. What only a missing layer would stop counts when every layer was required. */
export function statusOf({ jail, layers, trials }: Report): number {
  const has = (end: End) => trials.some(({ findings }) => findings.some((finding) => finding.end === end));
  const lacks = has("missing") || layers.some(({ stands }) => !stands);
  if (has("through") || (jail === "require" && lacks)) return STATUS.breached;
  return has("untried") || has("unjudged") ? STATUS.later : STATUS.ok;
}

/** For programs: each trial with how many ended how, and everything that did not hold. */
export function summaryOf(report: Report): object {
  const { version, jail, seconds, layers, trials } = report;
  return {
    held: statusOf(report) === STATUS.ok,
    status: statusOf(report),
    version,
    node: process.version,
    jail,
    seconds: Math.round(seconds * 10) / 10,
    layers,
    trials: trials.map(({ name, findings }) => ({
      name,
      count: findings.length,
      ends: Object.fromEntries(rowsOf([{ name, findings }]).map((end) => [end, count(findings, end)])),
      complaints: findings.filter(({ end }) => BAD.includes(end)),
    })),
  };
}

/** For people: the table, what was looked at besides, what did not hold, and the verdict. */
export function reportLines(report: Report, paint: Paint): string[] {
  const { version, jail, seconds, trials } = report;
  const head = `canaduck ${version}, node ${process.version}, ${process.platform} ${process.arch}, jail ${jail}`;
  return [
    head,
    "",
    ...tableLines(report, paint),
    "",
    ...noteLines(trials),
    ...complaintLines(trials, paint),
    verdictLine(report, paint),
  ].concat(paint("note", `${seconds.toFixed(1)} seconds`));
}

function tableLines({ layers, trials }: Report, paint: Paint): string[] {
  const columns = trials.filter(({ name }) => COLUMNS.includes(name));
  const cells = (name: string, stands: string, texts: string[]) =>
    `${name.padEnd(30)}${stands.padEnd(9)}${texts.map((text) => text.padStart(9)).join("")}`;
  const rows = [...Object.keys(LAYERS).filter(isLayer), ...Object.keys(ENDS)] as End[];
  const shown = rows.filter(
    (end) => isLayer(end) || end === "through" || columns.some(({ findings }) => count(findings, end) > 0),
  );
  const lines = shown.map((end) => {
    const counts = columns.map(({ findings }) => count(findings, end));
    const name = isLayer(end) ? `${end} ${LAYERS[end]}` : ENDS[end];
    const line = cells(
      name,
      isLayer(end) ? standing(layers, end) : "",
      counts.map((one) => (one === 0 ? "-" : String(one))),
    );
    return BAD.includes(end) && counts.some((one) => one > 0) ? paint("error", line) : line;
  });
  const sums = cells(
    "all",
    "",
    columns.map(({ findings }) => String(findings.length)),
  );
  return [
    paint(
      "note",
      cells(
        "stopped by",
        "stands",
        columns.map(({ name }) => name),
      ),
    ),
    ...lines,
    paint("note", sums),
  ];
}

/** A layer that is proven in parts stands when all of them do. The door is not proven at start: its trial tells. */
function standing(layers: readonly Layer[], id: string): string {
  const parts = layers.filter((layer) => layer.id.slice(0, 2) === id);
  if (parts.length === 0) return "";
  if (parts.every(({ stands }) => stands)) return "yes";
  return parts.some(({ stands }) => stands) ? "in part" : "NO";
}

function noteLines(trials: readonly Trial[]): string[] {
  return trials.flatMap(({ name, findings }) => {
    const note = NOTES[name];
    if (note === undefined) return [];
    const [first] = findings;
    const held = count(findings, "answer");
    return `${note}: ${findings.length === 1 ? first?.by : `as ever after ${held} of ${findings.length}`}`;
  });
}

function complaintLines(trials: readonly Trial[], paint: Paint): string[] {
  const complaints = trials.flatMap(({ name, findings }) =>
    findings.filter(({ end }) => TOLD.includes(end)).map((finding) => complain(name, finding)),
  );
  const left = complaints.length - COMPLAINTS_MAX;
  const more = left > 0 ? [`... and ${left} more; --json lists all`] : [];
  return [...complaints.slice(0, COMPLAINTS_MAX), ...more].map((line) => paint("error", line));
}

const SIGNS: Readonly<Partial<Record<End, string>>> = { missing: "layer missing: ", unjudged: "not judged: " };

const complain = (name: string, { id, end, by }: Finding): string => harmless(`${name} ${id}: ${SIGNS[end] ?? ""}${by}`);

function verdictLine(report: Report, paint: Paint): string {
  const fallen = report.layers.filter(({ stands }) => !stands).map(({ id, name }) => `${id} (${name})`);
  const lack = fallen.length === 0 ? "" : ` Layers that do not stand on this machine: ${fallen.join(", ")}.`;
  const all = report.trials.flatMap(({ findings }) => findings);
  const [untried, unjudged] = [count(all, "untried"), count(all, "unjudged")];
  const open = [untried > 0 && `${untried} were not tried`, unjudged > 0 && `${unjudged} could not be judged`];
  switch (statusOf(report)) {
    case STATUS.ok:
      return `${paint("result", "Everything held.")}${lack}`;
    case STATUS.later:
      return `${paint("error", `What was tried held; ${open.filter(Boolean).join(", ")}.`)}${lack}`;
    default:
      return `${paint("error", "Not everything held.")}${lack}`;
  }
}

const count = (findings: readonly Finding[], end: End): number => findings.filter((finding) => finding.end === end).length;

/** The ways the findings of these trials ended. */
function rowsOf(trials: readonly Trial[]): End[] {
  return [...new Set(trials.flatMap(({ findings }) => findings.map(({ end }) => end)))].sort();
}
