/**
 * One target against one server, batch after batch, until the time or the number asked for is reached.
 *
 * After each batch a client that never did anything wrong must be served, and nothing of the batch may be left. What fails is
 * tried again by itself, made as small as possible and told; a server that has ended is started anew.
 */
import { setTimeout as after } from "node:timers/promises";
import { harmless } from "../src/harmless.ts";
import { type Case, formatCase } from "./case.ts";
import { Dice } from "./dice.ts";
import { shrink } from "./shrink.ts";
import { Subject } from "./subject.ts";
import { type Talk, talk } from "./talk.ts";
import type { Target, Verdict } from "./target.ts";

/** `fewest` executions, unless `seconds` are over before. */
export type Bounds = { seconds: number; executions: number };
export type Finding = { reason: string; found: Case; seed: number; alone: boolean };
export type Report = {
  executions: number;
  cases: number;
  seconds: number;
  explained: Map<string, number>;
  findings: Finding[];
  /** Heap of the server in use at the end. */
  heapMb: number;
};

const CASES_PER_BATCH = 128;
/** Tried at the same time: who waits for a deadline, or for a turn on a crowded machine, keeps nobody else from work. */
const LANES = 12;
/** After so many there is something to do before more are looked for. */
const FINDINGS_MAX = 5;
/** Time to find out which of a batch it was. */
const ACCUSE_MS_MAX = 90_000;
const WITNESS_TRIES_MAX = 20;
const WITNESS_AGAIN_MS = 500;
const LEFT_TRIES_MAX = 200;
const LEFT_LOOK_MS = 25;
/** Far above what a server needs that keeps nothing of who has gone. */
const HEAP_MB_MAX = 600;

export async function run(target: Target, seed: number, bounds: Bounds, progress: (report: Report) => void): Promise<Report> {
  const dice = new Dice(seed);
  const report: Report = { executions: 0, cases: 0, seconds: 0, explained: new Map(), findings: [], heapMb: 0 };
  let subject = await Subject.open(target.settings);
  const startMs = performance.now();
  const endMs = startMs + bounds.seconds * 1_000;
  try {
    while (report.seconds < bounds.seconds && report.executions < bounds.executions && report.findings.length < FINDINGS_MAX) {
      const { batch, guilty } = await tryBatch(target, () => target.make(dice), subject, report, endMs);
      const left = guilty.length === 0 ? await examine(subject, report) : undefined;
      if (guilty.length > 0 || left !== undefined) {
        const found = await accuse(
          target,
          guilty.length > 0 ? guilty : batch.map((one) => ({ one, reason: left ?? "" })),
          subject,
        );
        report.findings.push({ ...found, seed });
        await subject.close();
        subject = await Subject.open(target.settings);
      }
      report.seconds = (performance.now() - startMs) / 1_000;
      progress(report);
    }
  } finally {
    await subject.close();
    await target.close?.();
  }
  return report;
}

type Guilty = { one: Case; reason: string };

/** Tries a batch of cases, or what of it can be begun before `endMs`, a few at a time; answers it, and those that failed. */
async function tryBatch(target: Target, make: () => Case, subject: Subject, report: Report, endMs: number) {
  const guilty: Guilty[] = [];
  const batch: Case[] = [];
  const lane = async () => {
    while (batch.length < CASES_PER_BATCH && subject.complaint === undefined && performance.now() < endMs) {
      // In the order of the seed, whoever is free.
      const one = make();
      batch.push(one);
      const { reason, executions, explained } = await target.try(one, subject);
      report.executions += executions;
      report.cases += 1;
      for (const [rule, times] of explained ?? []) report.explained.set(rule, (report.explained.get(rule) ?? 0) + times);
      if (reason !== undefined) guilty.push({ one, reason });
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  if (guilty.length > 0) await examine(subject);
  const { complaint } = subject;
  // Which of them ended it will be seen when each is tried alone.
  return { batch, guilty: complaint === undefined ? guilty : batch.map((one) => ({ one, reason: complaint })) };
}

const STATUS = '{"jsonrpc":"2.0","id":1,"method":"server.status"}\n';
const WITNESS = '{"jsonrpc":"2.0","id":2,"method":"calc.evaluate","params":{"expression":"1+1"}}\n';

/** What is wrong with the server after a batch, as a new client sees it. */
async function examine(subject: Subject, report?: Report): Promise<string | undefined> {
  const { heard, end } = await askWitness(subject);
  if (end !== "closed") await subject.maybeEnded();
  if (subject.complaint !== undefined) return subject.complaint;
  if (!/^\{"jsonrpc":"2\.0","id":2,"result":\{"type":"number","value":2,"text":"2",[^\n]*\}\n$/.test(heard.toString()))
    return `a new client asked 1+1 and heard: ${heard}`;
  let last = "";
  for (let tries = 0; tries < LEFT_TRIES_MAX; tries += 1) {
    last = (await talk(subject.port, [Buffer.from(STATUS)])).heard.toString();
    const { connections, sessions, callsInFlight, queued, memory } = Object(read(last)).result ?? {};
    if (report !== undefined) report.heapMb = Math.round((memory?.heapBytes ?? 0) / 2 ** 20);
    // This very call is what there is.
    if (connections === 1 && sessions === 1 && callsInFlight === 1 && queued === 0)
      return memory.heapBytes > HEAP_MB_MAX * 2 ** 20 ? `the server holds on to memory: ${last}` : undefined;
    await after(LEFT_LOOK_MS);
  }
  return `something is left of clients that have gone: ${last}`;
}

/** Asks 1+1. Where jailed processes take seconds to start, who comes right after a bomb is asked to come again. */
async function askWitness({ port }: Subject): Promise<Talk> {
  for (let tries = 1; ; tries += 1) {
    const talked = await talk(port, [Buffer.from(WITNESS)]);
    if (tries === WITNESS_TRIES_MAX || !/"name":"(?:server_busy|request_timeout)"/.test(talked.heard.toString())) return talked;
    await after(WITNESS_AGAIN_MS);
  }
}

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The first that fails by itself, made small; when none does, the first as it is: it needs the company of others, or luck. */
async function accuse(target: Target, guilty: readonly Guilty[], subject: Subject): Promise<Omit<Finding, "seed">> {
  let current = subject;
  const endMs = performance.now() + ACCUSE_MS_MAX;
  const why = async (one: Case): Promise<string | undefined> => {
    if (current.complaint !== undefined) {
      await current.close();
      current = await Subject.open(target.settings);
    }
    const { reason } = await target.try(one, current);
    const left = await examine(current);
    return current.complaint ?? reason ?? left;
  };
  try {
    for (const { one } of guilty) {
      if (performance.now() > endMs) break;
      const reason = await why(one);
      if (reason === undefined) continue;
      const found = await shrink(one, async (smaller) => kindOf(await why(smaller)) === kindOf(reason));
      return { reason: (await why(found)) ?? reason, found, alone: true };
    }
    const [first] = guilty;
    return { reason: first?.reason ?? "", found: first?.one ?? { how: "", parts: [] }, alone: false };
  } finally {
    if (current !== subject) await current.close();
  }
}

/** The same failure says the same beginning of its sentence. */
function kindOf(reason: string | undefined): string | undefined {
  return reason?.replace(/[:(;].*$/s, "").replace(/\d+/g, "N");
}

/** Plays one case against a server of its own; why it fails, or undefined. */
export async function replay(target: Target, one: Case, subject: Subject): Promise<Verdict> {
  const verdict = await target.try(one, subject);
  return { ...verdict, reason: verdict.reason ?? (await examine(subject)) };
}

/** A finding for people, and what is written above its file. */
export function describe(target: Target, { reason, found, seed, alone }: Finding): string {
  const luck = alone ? "" : "\nIt did not fail again by itself: it needs the company of others, or luck.";
  return `${target.name}: ${harmless(reason)}${luck}\nFound with seed ${seed}.\n\n${formatCase(found, "parts")}`;
}
