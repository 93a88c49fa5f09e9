/**
 * Stops under load: starts a server, loads it, sends SIGTERM, and compares what its
 * clients were told with what the history holds, so many times. Nothing may be in the one and not in the other.
 */
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openHistory } from "../../src/history/open.ts";
import { Line } from "../system/running.ts";
import { spawnServer } from "./spawned.ts";

const CLIENTS = 4;
const DEPTH = 16;
const DRAIN_MS = 10_000;
/** Beyond the drain itself: last words, closing files, a crowded machine. */
const GRACE_MS = 10_000;

/** What one client saw: its history, the calls it sent, the numbers it was told. */
type Told = { principal: string; sent: number; replies: Map<number, number | undefined>; closing: number };

export type Drained = { answered: number; unanswered: number; tookMs: number };

/** One start, load and stop. Throws when a call was lost, answered twice, or the exit was not clean. */
export async function drainOnce(repliesBefore: number): Promise<Drained> {
  const folder = await mkdtemp(join(tmpdir(), "canaduck-"));
  try {
    const history = `sqlite:${join(folder, "history.db")}`;
    const server = await spawnServer(["--history", history, "--drain-ms", String(DRAIN_MS)]);
    const stop = Promise.withResolvers<number>();
    let heard = 0;
    const clients = Array.from({ length: CLIENTS }, () =>
      load(server.port, () => {
        heard += 1;
        if (heard === repliesBefore) stop.resolve(performance.now());
      }),
    );
    const sinceMs = await stop.promise;
    assert.equal(await server.stop(), 0);
    const tookMs = performance.now() - sinceMs;
    assert.ok(tookMs < DRAIN_MS + GRACE_MS, `the stop took ${tookMs} ms`);
    const told = await Promise.all(clients);
    await compare(history, told);
    const answered = told.reduce((sum, { replies }) => sum + replies.size, 0);
    return { answered, unanswered: told.reduce((sum, { sent }) => sum + sent, 0) - answered, tookMs };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Keeps `DEPTH` calls in flight until the server hangs up. */
async function load(port: number, onReply: () => void): Promise<Told> {
  const line = await Line.to(port);
  const { result } = await line.call("session.open", {}, "open");
  const told: Told = { principal: result.principal, sent: 0, replies: new Map(), closing: 0 };
  const send = () => {
    const id = told.sent++;
    const expression = id % 4 === 0 ? `det([${id}, 2; 3, 4])` : `${id} + 1`;
    line.send(`${JSON.stringify({ jsonrpc: "2.0", id, method: "calc.evaluate", params: { expression } })}\n`);
  };
  for (let first = 0; first < DEPTH; first++) send();
  for (let text = await line.next(); text !== undefined; text = await line.next()) {
    const { id, method, result: value, error } = JSON.parse(text);
    if (method === "server.closing") told.closing += 1;
    else {
      assert.ok(!told.replies.has(id), `call ${id} was answered twice`);
      assert.ok(value !== undefined || error.data.name === "shutting_down", JSON.stringify(error));
      told.replies.set(id, value?.seq);
      onReply();
      send();
    }
  }
  line.close();
  assert.equal(told.closing, 1, "the stop was told once");
  return told;
}

async function compare(url: string, told: Told[]): Promise<void> {
  const history = await openHistory(url, {});
  for (const { principal, replies } of told) {
    const kept: number[] = [];
    for (let after = 0, more = true; more; after = kept.at(-1) ?? 0) {
      const { entries } = await history.list(principal, { after, limit: 100 });
      kept.push(...entries.map(({ seq }) => seq).sort((a, b) => a - b));
      more = entries.length > 0;
    }
    const seqs = [...replies.values()].filter((seq) => seq !== undefined).sort((a, b) => a - b);
    assert.deepEqual(seqs, kept, "what was told and what is kept differ");
  }
  await history.close();
}

/** So many stops, each after another amount of work. */
export async function drainOften(count: number, tell?: (progress: string) => void): Promise<Drained[]> {
  const all: Drained[] = [];
  while (all.length < count) {
    all.push(await drainOnce(50 + ((all.length * 97) % 400)));
    tell?.(`${all.length} of ${count}`);
  }
  return all;
}

/** For people. */
export function formatDrains(all: readonly Drained[]): string {
  const sum = (pick: (one: Drained) => number) => all.reduce((total, one) => total + pick(one), 0);
  const slowest = Math.max(...all.map(({ tookMs }) => tookMs)).toFixed(0);
  return `${all.length} stops: ${sum((one) => one.answered)} calls answered, ${sum((one) => one.unanswered)} never read, none lost, slowest stop ${slowest} ms`;
}
