/**
 * `npm run conformance -- --target host:port`: plays the conformance corpus against any JSON-RPC 2.0 server over TCP or a
 * Unix socket, and reports by clause. Exit status 0 when all pass, 1 when not, 2 when the server could not be asked.
 */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { parseArgs, styleText } from "node:util";
import type { Stage } from "./conformance/dialogue.ts";
import type { Question } from "./conformance/notation.ts";
import { greet, type Survey, survey } from "./conformance/survey.ts";

const HELP = `npm run conformance -- --target HOST:PORT [options]

Plays the cases of test/wire/ that every JSON-RPC 2.0 server must pass against a server, and reports by clause.

  --target HOST:PORT   where it listens; or unix:PATH
  --framing NAME       lines (default), crlf, or headers (Content-Length)
  --method NAME        a method it has (default server.ping)
  --params JSON        params the method takes: an array or an object; may be given once for each kind
                       (default {"echo":1} and [1])
  --patience MS        how long to wait for an answer that must come (default 1000)
  --failures N         how many of the exchanges that failed are shown (default 5)
  --json               the report as JSON
  --help               this page

Exit status: 0 all passed, 1 some failed, 2 the server could not be asked. NO_COLOR is honoured.
`;

const OPTIONS = {
  target: { type: "string" },
  framing: { type: "string", default: "lines" },
  method: { type: "string", default: "server.ping" },
  params: { type: "string", multiple: true },
  patience: { type: "string", default: "1000" },
  failures: { type: "string", default: "5" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
} as const;

const PARAMS = ['{"echo":1}', "[1]"];

/** The command cannot be carried out; the message is for the person who typed it. */
class UsageError extends Error {}

function readStage(values: ReturnType<typeof readOptions>): Stage {
  const { target, framing, method, params, patience } = values;
  if (target === undefined) throw new UsageError("--target is missing; --help tells more");
  if (framing !== "lines" && framing !== "crlf" && framing !== "headers") throw new UsageError(`there is no framing ${framing}`);
  const question: Question = { method: JSON.stringify(method), ...readParams(params ?? PARAMS) };
  return { connect: () => open(target), framing, question, patienceMs: readNumber("patience", patience), isOurs: false };
}

function readOptions() {
  try {
    return parseArgs({ options: OPTIONS }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function readParams(texts: readonly string[]): Pick<Question, "list" | "named"> {
  const found: Pick<Question, "list" | "named"> = { list: undefined, named: undefined };
  for (const text of texts) {
    if (/^\s*\[/.test(text) && isJson(text)) found.list = text;
    else if (/^\s*\{/.test(text) && isJson(text)) found.named = text;
    else throw new UsageError(`--params must be an array or an object as JSON, not ${text}`);
  }
  return found;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function readNumber(name: string, text: string): number {
  if (!/^\d{1,7}$/.test(text)) throw new UsageError(`--${name} must be a whole number`);
  return Number(text);
}

async function open(target: string): Promise<Socket> {
  const [, host = "", port = ""] = /^(?:tcp:\/\/)?\[?([^[\]]*?)\]?:(\d{1,5})$/.exec(target) ?? [];
  const path = target.startsWith("unix:") ? target.slice(5) : undefined;
  if (path === undefined && port === "") throw new UsageError("--target is HOST:PORT or unix:PATH");
  const socket =
    path === undefined ? connect({ host, port: Number(port), allowHalfOpen: true }) : connect({ path, allowHalfOpen: true });
  await once(socket, "connect");
  return socket;
}

function format({ passed, total, untried, clauses, failures }: Survey, shownMax: number): string {
  const paint = (ok: boolean, text: string) => styleText(ok ? "green" : "red", text, { stream: process.stdout });
  const rows = clauses.map(({ clause, passed: right, total: all }) => {
    return `${paint(right === all, right === all ? "ok    " : "FAILED")} ${`${right} of ${all}`.padStart(10)}  ${clause}\n`;
  });
  const shown = failures.slice(0, shownMax).map(({ number, title, place, reason, exchange }) => {
    return `\n${number} ${title} (${place})\n${[...exchange, paint(false, reason)].map((line) => `  ${line}\n`).join("")}`;
  });
  const more = failures.length > shown.length ? `\n${failures.length - shown.length} more failed; --failures shows them\n` : "";
  const rest = untried === 0 ? "" : `; ${untried} not tried, for want of params by name or by position`;
  return `${rows.join("")}${shown.join("")}${more}\n${paint(passed === total, `${passed} of ${total} cases passed${rest}`)}\n`;
}

async function main(): Promise<number> {
  const values = readOptions();
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const shownMax = readNumber("failures", values.failures);
  const stage = readStage(values);
  const problem = await greet(stage);
  if (problem !== undefined)
    throw new UsageError(`the server does not answer a plain call; name a method with --method and --params\n${problem}`);
  const result = await survey(stage);
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ target: values.target, framing: values.framing, ...result }, null, 2)}\n`
      : format(result, shownMax),
  );
  return result.passed === result.total ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  // A port nobody listens on is a person's mistake, not a bug.
  process.stderr.write(`conformance: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
}
