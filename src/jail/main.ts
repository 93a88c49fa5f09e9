/**
 * The jailed process: reads jobs, answers each with one line, in order. Runs inside the child; the parent's side is
 * `evaluator/worker.ts`, the lines are in `contract.ts`.
 *
 * Reading blocks: nothing else ever happens in this process, but for probes, which a start line must allow. Answers gather in an outbox that is written when all
 * input so far is used up, when it is some milliseconds old, and before every job that is not provably cheap: so the
 * first job without an answer is the one the process is busy with, and the parent may take it for the culprit.
 *
 * As the main script of a start-up snapshot it makes the calculator at build time; run directly it makes it at once.
 */
import { startupSnapshot } from "node:v8";
import { type Calculator, makeCalculator } from "./calculator.ts";
import { throwDice } from "./chance.ts";
import type { Job, Start } from "./contract.ts";
import { closeGlobals, forgetMatches } from "./globals.ts";
import { allocate, bytesOf, pause, read, write } from "./host.ts";
import { makeLean } from "./lean.ts";
import { takeWorld } from "./probe.ts";
import { answerProbe } from "./probes.ts";

/** Longest line the parent may send; beyond it the parent is broken. */
const LINE_BYTES_MAX = 16 * 1024 * 1024;
const READ_BYTES = 64 * 1024;
/** Oldest an answer may get in the outbox, and the most it may hold. */
const OUTBOX_MS = 2;
const OUTBOX_CHARS_MAX = 256 * 1024;
/** Longest expression that is parsed before the answers of the jobs ahead of it are out. */
const PLAIN_CHARS_MAX = 1_000;
/** Exit status when the parent breaks the contract (EX_PROTOCOL). */
const EXIT_PROTOCOL = 76;
/** Taken before anything of a stranger runs, as all of `host.ts`. */
const exit: (status: number) => never = process.exit.bind(process);
/** How long to wait for a pipe that is full or empty but set to not block. */
const RETRY_MS = 1;

const LF = 10;

/** Bytes read, 0 at the end of the input. */
function readSome(buffer: Buffer, from: number): number {
  for (;;) {
    try {
      return read(0, buffer, from, buffer.length - from, null);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code === "EOF") return 0;
      if (code !== "EAGAIN" && code !== "EINTR") throw error;
      pause(RETRY_MS);
    }
  }
}

function writeAll(text: string): void {
  const bytes = bytesOf(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += write(1, bytes, at);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? error.code : undefined;
      if (code !== "EAGAIN" && code !== "EINTR") throw error;
      pause(RETRY_MS);
    }
  }
}

/** Answers that are not written yet, and when the first of them was begun. */
const outbox = { text: "", beganAt: 0 };

function flush(): void {
  if (outbox.text !== "") writeAll(outbox.text);
  outbox.text = "";
}

/** Ends the process: the parent is trusted, so a line it should not have sent is a bug that must not be papered over. */
function breakOff(): never {
  flush();
  exit(EXIT_PROTOCOL);
}

function parseLine(line: string): Record<string, unknown> {
  try {
    const message: unknown = JSON.parse(line);
    if (typeof message === "object" && message !== null) return message as Record<string, unknown>;
  } catch {}
  return breakOff();
}

const isStart = (message: object): message is Start => {
  const limits = "start" in message ? Object(message.start) : {};
  return ["nodesMax", "depthMax", "elementsMax", "resultBytesMax"].every(
    (name) => Number.isSafeInteger(limits[name]) && limits[name] > 0,
  );
};

const hasRows = (message: object): boolean => {
  const columns =
    "kind" in message && message.kind === "rows" && "columns" in message ? Object.values(Object(message.columns)) : [];
  const [first] = columns;
  return (
    Array.isArray(first) && first.length > 0 && columns.every((column) => Array.isArray(column) && column.length === first.length)
  );
};

/** Kinds of jobs that need nothing but an expression. */
const KINDS: ReadonlySet<unknown> = new Set(["evaluate", "check", "probe"]);

const isJob = (message: object): message is Job =>
  "id" in message &&
  Number.isSafeInteger(message.id) &&
  "expression" in message &&
  typeof message.expression === "string" &&
  (!("seed" in message) || Number.isSafeInteger(message.seed)) &&
  (!("kind" in message) || KINDS.has(message.kind) || hasRows(message)) &&
  (!("variables" in message) || Object.values(Object(message.variables)).every((text) => typeof text === "string"));

/** Answers a promise when the line asks for something that takes its time: a probe. */
function makeTakeLine(calculator: Calculator): (line: string) => Promise<void> | undefined {
  let isStarted = false;
  let takesProbes = false;
  return (line) => {
    const message = parseLine(line);
    if (isStarted) {
      if (!isJob(message)) return breakOff();
      if (message.kind === "probe") return takesProbes ? takeProbe(message) : breakOff();
      return takeJob(calculator, message);
    }
    if (!isStart(message)) return breakOff();
    isStarted = true;
    takesProbes = message.probe === true;
    if (takesProbes) {
      takeWorld();
      calculator.arm();
    }
    calculator.start(message.start);
    pause(0);
    closeGlobals();
    outbox.text = `${JSON.stringify({ ready: calculator.ready })}\n`;
    return undefined;
  };
}

/** A probe may need the event loop, and may be the end of this process. */
async function takeProbe(job: Job): Promise<void> {
  flush();
  outbox.text += `${await answerProbe(job)}\n`;
}

function takeJob(calculator: Calculator, job: Job): undefined {
  // Changing the number system or parsing a long text takes milliseconds before anything is known about the job.
  if (outbox.text !== "" && (job.settings !== undefined || job.expression.length > PLAIN_CHARS_MAX)) flush();
  const plan = calculator.plan(job);
  const isLate = plan.started - outbox.beganAt > OUTBOX_MS || outbox.text.length > OUTBOX_CHARS_MAX;
  const mayTakeLong = !plan.cheap && job.cheapOnly !== true;
  if (outbox.text !== "" && (isLate || mayTakeLong)) flush();
  if (outbox.text === "") outbox.beganAt = plan.started;
  outbox.text += `${calculator.answer(plan)}\n`;
  return undefined;
}

/** Reads until the input ends; waits for nothing but a probe. `buffer` holds the unfinished line; it grows for long lines and shrinks back. */
async function run(calculator: Calculator): Promise<void> {
  const takeLine = makeTakeLine(calculator);
  let buffer = allocate(READ_BYTES);
  let used = 0;
  for (let read = readSome(buffer, used); read > 0; read = readSome(buffer, used)) {
    const end = used + read;
    let from = 0;
    for (let at = buffer.indexOf(LF, used); at !== -1 && at < end; at = buffer.indexOf(LF, from)) {
      const probing = takeLine(buffer.toString("utf8", from, at));
      if (probing !== undefined) await probing;
      from = at + 1;
    }
    flush();
    used = end - from;
    buffer = makeRoom(buffer, from, end);
  }
  exit(0);
}

/** Moves the unfinished line to the front, into a larger buffer if it fills this one. */
function makeRoom(buffer: Buffer<ArrayBuffer>, from: number, end: number): Buffer<ArrayBuffer> {
  const rest = end - from;
  if (rest > LINE_BYTES_MAX) breakOff();
  const bytes = rest > buffer.length / 2 ? buffer.length * 2 : READ_BYTES;
  if (bytes === buffer.length || (rest > READ_BYTES / 2 && bytes < buffer.length)) {
    buffer.copyWithin(0, from, end);
    return buffer;
  }
  const other = allocate(bytes);
  buffer.copy(other, 0, from, end);
  return other;
}

/** Run while the snapshot is built, so that their code is in it: the first real job is then no slower than the others. */
const REHEARSAL = [
  "2 + 2 * sqrt(2)",
  "f(x) = x ^ 2",
  "5 inch to cm",
  "[1, 2] * [[1, 2], [3, 4]]",
  'derivative("x ^ 2", "x")',
  "nope(1)",
];

const calculator = makeLean(() => {
  const made = makeCalculator();
  made.seal(); // mathjs makes most of its functions here
  return made;
});
forgetMatches();
Math.random = throwDice;
if (startupSnapshot.isBuildingSnapshot()) {
  for (const expression of REHEARSAL) calculator.answer(calculator.plan({ id: 0, expression }));
  startupSnapshot.setDeserializeMainFunction(() => void run(calculator));
} else void run(calculator);
