/**
 * Probes of the pipe to the server: lies, floods, half sentences. Nothing in the process stops them; each is meant to cost
 * it its life before the server believes a word. What they say comes before the answer every job is given.
 */
import { closeSync, writeSync } from "node:fs";
import { need, type Probe, type Told, world } from "./probe.ts";

const layers = ["L7"];
const CHUNK = 65_536;
const HUGE_BYTES = 100 * 1024 * 1024;
const DRIBBLE_MS = 20;
/** Enough for the server to read an answer and send another job. */
const NEXT_MS = 50;
const MINE = { type: "number", value: 666, text: "666" };

/** Writes all of it, however full the pipe is. */
function say(text: string | Buffer, fd = 1): void {
  const bytes = world().Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (error) {
      if (Reflect.get(Object(error), "code") !== "EAGAIN") throw error;
      rest(1);
    }
  }
}

function rest(ms: number): void {
  world().Atomics.wait(new Int32Array(new (world().SharedArrayBuffer)(4)), 0, 0, ms);
}

const jobOf = (told: Told): number => Number(need(told, "job"));
const tell = (fields: object): void => say(`${JSON.stringify(fields)}\n`);

function lie(id: string, aims: string, commit: (job: number) => void): Probe {
  return {
    id,
    aims,
    layers,
    ends: true,
    attack: (told) => {
      commit(jobOf(told));
      return "said";
    },
  };
}

const IDENTITIES: readonly Probe[] = [
  lie("pipe-next", "answer the job that comes next: another client's", (job) => {
    tell({ id: job, value: MINE });
    // Meanwhile the next job arrives, unread.
    rest(NEXT_MS);
    tell({ id: job + 1, value: MINE });
  }),
  lie("pipe-other", "answer a job of another client", (job) => tell({ id: job + 1, value: MINE })),
  lie("pipe-earlier", "answer a job that was answered", (job) => tell({ id: Math.max(0, job - 1), value: MINE })),
  lie("pipe-unknown", "answer a job that never was", () => tell({ id: 9_007_199_254_740_991, value: MINE })),
  lie("pipe-twice", "answer a job twice", (job) => {
    tell({ id: job, value: MINE });
    tell({ id: job, value: MINE });
  }),
  lie("pipe-no-id", "answer without saying what", () => tell({ value: MINE })),
  lie("pipe-text-id", "answer with an id that is a text", (job) => tell({ id: String(job), value: MINE })),
  lie("pipe-greeting", "greet again, as if it were new", () => tell({ ready: { mathjs: "0", node: "0" } })),
];

const SHAPES: readonly Probe[] = [
  lie("pipe-no-json", "say what is no JSON", () => say("reached\n")),
  lie("pipe-blank", "say nothing, in a line", () => say("\n")),
  lie("pipe-extra", "add a member the server may merge", (job) => tell({ id: job, value: MINE, admin: true })),
  lie("pipe-extra-value", "add a member to the value", (job) => tell({ id: job, value: { ...MINE, seq: 1 } })),
  lie("pipe-proto", "add __proto__ to the answer", (job) =>
    say(`{"id":${job},"value":{"type":"number","value":1,"text":"1"},"__proto__":{"admin":true}}\n`),
  ),
  lie("pipe-assigned-proto", "assign a variable called __proto__", (job) =>
    say(`{"id":${job},"value":{"type":"number","value":1,"text":"1","assigned":{"__proto__":{"text":"1","type":"number"}}}}\n`),
  ),
  lie("pipe-two-kinds", "give a value and a failure", (job) => tell({ id: job, value: MINE, failure: { name: "syntax_error" } })),
  lie("pipe-failure", "fail by a name that is not the jail's", (job) => tell({ id: job, failure: { name: "unauthenticated" } })),
  lie("pipe-deferred", "defer where nothing may be deferred", (job) => tell({ id: job, deferred: true })),
  lie("pipe-cost", "claim to have cost less than nothing", (job) => tell({ id: job, value: MINE, us: -1 })),
  lie("pipe-deep", "nest a value so deep that a writer breaks", (job) =>
    say(`{"id":${job},"value":{"type":"Matrix","text":"","value":${"[".repeat(5_000)}${"]".repeat(5_000)}}}\n`),
  ),
  lie("pipe-bytes", "say bytes that are no text", () => say(world().Buffer.from([0x22, 0xff, 0x22, 0x0a]))),
];

const FLOODS: readonly Probe[] = [
  lie("pipe-huge", "answer with 100 MB", (job) => {
    say(`{"id":${job},"value":{"type":"string","text":"","value":"`);
    for (let bytes = 0; bytes < HUGE_BYTES; bytes += CHUNK) say("x".repeat(CHUNK));
    say('"}}\n');
  }),
  lie("pipe-flood", "flood the pipe of answers", () => {
    for (;;) say("x".repeat(CHUNK));
  }),
  lie("pipe-flood-lines", "flood it with short lines", () => {
    for (;;) say("{}\n".repeat(10_000));
  }),
  lie("pipe-complaints", "flood the pipe of complaints", () => {
    for (;;) say("x".repeat(CHUNK), 2);
  }),
  lie("pipe-backwards", "write into the pipe it reads from", () => {
    for (;;) say("x".repeat(CHUNK), 0);
  }),
  lie("pipe-half", "begin a line and fall silent", (job) => {
    say(`{"id":${job},"value":`);
    rest(Number.POSITIVE_INFINITY);
  }),
  lie("pipe-dribble", "dribble a line, so that something always comes", () => {
    for (;;) {
      say(" ");
      rest(DRIBBLE_MS);
    }
  }),
  lie("pipe-close", "close the pipe and stay", () => {
    closeSync(1);
    rest(Number.POSITIVE_INFINITY);
  }),
];

/** What the server takes, and must render harmless. `told` by the drill, which looks at what became of it. */
const BELIEVED: readonly Probe[] = [
  {
    id: "pipe-year",
    aims: "claim that the job cost a year, to burden its client",
    layers,
    ends: true,
    attack: (told) => {
      tell({ id: jobOf(told), value: MINE, us: 31_536_000_000_000 });
      rest(Number.POSITIVE_INFINITY);
      return "said";
    },
  },
];

export const PIPE_PROBES: readonly Probe[] = [...IDENTITIES, ...SHAPES, ...FLOODS, ...BELIEVED];
