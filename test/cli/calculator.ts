/** A speaker that answers like a Canaduck server, from a table of literal replies. Evaluates nothing. */
import type { Socket } from "node:net";
import { type Heard, Speaker, say } from "../client/speaker.ts";

/** What it answers to `calc.evaluate`, by expression: a result or an error. */
const ANSWERS: Record<string, object> = {
  "2+2": { result: { type: "number", value: 4, text: "4", elapsedUs: 40, seq: 1 } },
  "-2^2": { result: { type: "number", value: -4, text: "-4", elapsedUs: 40, seq: 1 } },
  "x = 3": { result: { type: "number", value: 3, text: "3", elapsedUs: 40, seq: 2, assigned: ["xylo"] } },
  matrix: {
    result: { type: "DenseMatrix", value: { mathjs: "DenseMatrix" }, text: "[[1, 20], [300, 4]]", elapsedUs: 40, seq: 3 },
  },
  evil: { result: { type: "string", value: "\u001b", text: '"\u001b[2Jx\ny\u202e"', elapsedUs: 40, warnings: ["\u0007ding"] } },
  "1 + sqr(2)": {
    error: {
      code: 1003,
      message: "There is no function of this name.",
      data: {
        name: "unknown_function",
        detail: "There is no function sqr.",
        position: { offset: 4, line: 1, column: 5, length: 3 },
        suggestions: ["sqrt", "square"],
      },
    },
  },
  busy: {
    error: { code: -32009, message: "The server is busy.", data: { name: "server_busy", retryable: true, retryAfterMs: 5 } },
  },
  bug: { error: { code: -32603, message: "The server has a bug.", data: { name: "internal_error", incident: "i1" } } },
  nonsense: { result: { text: 7 } },
};

/** More than begins as asked: the client is not to believe it. */
const COMPLETIONS = { names: ["xylo", "sqrt", "SQRT2", "sin", "sq\u001bvil", 7].map((name) => ({ name })) };

const HISTORY = {
  entries: [
    { seq: 9, at: "2026-01-01T00:00:00.000Z", expression: "2+2", type: "number", text: "4" },
    {
      seq: 10,
      at: "2026-01-01T00:00:01.000Z",
      expression: "1/",
      error: { code: 1001, message: "The expression cannot be read." },
    },
  ],
  lastSeq: 10,
  more: false,
};

export function openCalculator(port = 0): Promise<Speaker> {
  return Speaker.open(answer, port);
}

function answer({ id, method, params }: Heard, socket: Socket): void {
  const to = id === undefined ? {} : { id };
  if (method === "session.open") say(socket, { ...to, result: sessionOf(params) });
  else if (method === "calc.complete") say(socket, { ...to, result: COMPLETIONS });
  else if (method === "history.list") say(socket, { ...to, result: HISTORY });
  else if (params["expression"] === "hang up") socket.destroy();
  else if (method === "calc.evaluate" && params["expression"] !== "never")
    say(socket, { ...to, ...answerTo(params["expression"]) });
}

function sessionOf({ resume }: Record<string, unknown>) {
  const resumed = resume !== undefined;
  return { principal: "who-I-am", resumeToken: "token-0123456789abcdef", resumed, lastSeq: resumed ? 10 : 0, settings: {} };
}

/** Numbers are their own answer, so that a test can tell thousands of lines apart. */
function answerTo(expression: unknown): object {
  const text = String(expression);
  return ANSWERS[text] ?? { result: { type: "number", value: Number(text), text, elapsedUs: 1 } };
}
