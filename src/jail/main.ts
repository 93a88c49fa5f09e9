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
import { idOfToken, type Job, type Start, TOKEN_LENGTH } from "./contract.ts";
import { closeGlobals, freezeLanguage } from "./globals.ts";
import { allocate, bytesOf, nowMs, pause, read, write } from "./host.ts";
import { writeShort } from "./outcome.ts";
import { takeWorld } from "./probe.ts";
import { answerProbe } from "./probes.ts";
import { storedNumber } from "./stored.ts";

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

const [TAB, LF] = [9, 10];
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
/** What stands in front of the expression of a short job. */
const SHORT_HEAD = /^([0-9a-f]{12})(?:#(\d+))?(\{.*\})?$/;

/** Whole lines as they came, and a letter for each of their bytes. */
type Lines = { readonly bytes: Buffer; readonly letters: string };

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
/** When the job before was done: the clock is looked at once for a short job. */
let doneMs = 0;

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
function makeTakeLine(calculator: Calculator): (lines: Lines, from: number, to: number) => Promise<void> | undefined {
  let isStarted = false;
  let takesProbes = false;
  return (lines, from, to) => {
    if (isStarted && lines.bytes[from] !== OPEN_OBJECT) return takeShort(calculator, lines, from, to);
    const message = parseLine(lines.bytes.toString("utf8", from, to));
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
  const mayTakeLong = !plan.cheap && job.cheapOnly !== true;
  if (outbox.text !== "" && (mayTakeLong || isLate(plan.started))) flush();
  if (outbox.text === "") outbox.beganAt = plan.started;
  outbox.text += `${calculator.answer(plan)}\n`;
  doneMs = nowMs();
  return undefined;
}

const isLate = (now: number): boolean => now - outbox.beganAt > OUTBOX_MS || outbox.text.length > OUTBOX_CHARS_MAX;

/** A short job: calculated where it stands, or made a long one. The line is that between `from` and `to`. */
function takeShort(calculator: Calculator, { bytes, letters }: Lines, from: number, to: number): undefined {
  const head = from + TOKEN_LENGTH;
  let tab = head;
  while (tab < to && bytes[tab] !== TAB) tab += 1;
  if (tab >= to) return breakOff();
  const given = bytes[tab - 1] === CLOSE_OBJECT ? letters.indexOf("{", head) : 0;
  const value = calculator.calculateLine(bytes, letters, given, tab + 1, to);
  if (value === undefined) return takeJob(calculator, longJob(letters.slice(from, tab), bytes.toString("utf8", tab + 1, to)));
  const now = nowMs();
  const us = Math.round((now - doneMs) * 1000);
  if (outbox.text === "") outbox.beganAt = doneMs;
  doneMs = now;
  outbox.text += `${letters.slice(from, head)}\t${us}\t${writeShort(value)}\n`;
  if (isLate(now)) flush();
  return undefined;
}

function longJob(head: string, expression: string): Job {
  const [, token = "", bytes, numbers] = SHORT_HEAD.exec(head) ?? breakOff();
  const job: Job = { id: idOfToken(token), expression, cheapOnly: true };
  if (bytes !== undefined) job.resultBytesMax = Number(bytes);
  if (numbers === undefined) return job;
  const variables = Object.entries<number>(JSON.parse(numbers)).map(([name, value]) => [name, storedNumber(value)] as const);
  return { ...job, variables: Object.fromEntries(variables) };
}

/** Reads until the input ends; waits for nothing but a probe. `buffer` holds the unfinished line; it grows for long lines and shrinks back. */
async function run(calculator: Calculator): Promise<void> {
  const takeLine = makeTakeLine(calculator);
  let buffer = allocate(READ_BYTES);
  let used = 0;
  for (let read = readSome(buffer, used); read > 0; read = readSome(buffer, used)) {
    const end = used + read;
    // In front of `used` there is no line feed, behind `end` lies what was there before.
    const whole = buffer.lastIndexOf(LF, end - 1) + 1;
    if (whole > 0) {
      doneMs = nowMs();
      const lines = { bytes: buffer, letters: buffer.toString("latin1", 0, whole) };
      for (let from = 0; from < whole; ) {
        const to = lines.letters.indexOf("\n", from);
        const probing = takeLine(lines, from, to);
        if (probing !== undefined) await probing;
        from = to + 1;
      }
      flush();
    }
    used = end - whole;
    buffer = makeRoom(buffer, whole, end);
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

const calculator = makeCalculator();
calculator.seal(); // mathjs makes most of its functions here
Math.random = throwDice;
freezeLanguage();
if (startupSnapshot.isBuildingSnapshot()) {
  for (const expression of REHEARSAL) calculator.answer(calculator.plan({ id: 0, expression }));
  startupSnapshot.setDeserializeMainFunction(() => void run(calculator));
} else void run(calculator);
