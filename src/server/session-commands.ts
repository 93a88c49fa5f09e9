/** The slash commands about the person and the server. */
import type { RpcError } from "../protocol/errors.ts";
import type { SessionCloseResult, SessionOpenResult } from "../protocol/generated/types.ts";
import { ask, type Command, type Teller } from "./command.ts";
import { server } from "./spoken.ts";
import { formatError } from "./text-error.ts";

export const SESSION_COMMANDS = {
  nick: {
    args: "NAME",
    summary: "what people call you here",
    detail: ["1 to 32 letters, digits, _, . or -; nobody else who is here may have it."],
    run: takeNick,
  },
  session: {
    args: "",
    summary: "who you are, the token that finds your history again, what you have used",
    detail: ["Keep the token to yourself: whoever has it has your history."],
    run: (_rest, teller) => ask(teller, "session.open", {}, (session) => addQuota(introduce(session), teller)),
  },
  resume: {
    args: "TOKEN",
    summary: "finds your history and variables again",
    detail: ["The token is what /session said."],
    run: resume,
  },
} satisfies Record<string, Command>;

export const SERVER_COMMANDS = {
  time: {
    args: "",
    summary: "the server's clock",
    detail: [],
    run: (_rest, teller) => ask(teller, "server.ping", {}, ({ time }) => teller.say([server(`It is ${time}.`)])),
  },
  ping: {
    args: "",
    summary: "whether the server is there",
    detail: [],
    run: (_rest, teller) => ask(teller, "server.ping", {}, () => teller.say([server("pong")])),
  },
  limits: {
    args: "",
    summary: "how large and how long things may be",
    detail: ["Each is a setting of the server; the last word of its name is the unit."],
    run: (_rest, teller) =>
      ask(teller, "server.info", {}, ({ limits }) => {
        teller.say(Object.entries(limits).map(([name, value]) => server(`${name.padEnd(24)} ${value}`)));
      }),
  },
} satisfies Record<string, Command>;

export const BYE: Command = {
  args: "",
  summary: "says goodbye; so do /quit, fin, and the end of your input",
  detail: [],
  // Whatever the server thinks of it, who wants to leave may leave.
  run: (_rest, teller) =>
    teller.call("session.close", {}, (error, result) => {
      teller.leave(error === undefined ? (result as SessionCloseResult).lastWords : "Goodbye!");
    }),
};

function takeNick(nick: string, teller: Teller): void {
  if (nick === "") return teller.say(["! /nick takes the name you want."]);
  ask(teller, "session.open", { nick }, (session) => teller.say([server(`You are ${session.nick} now.`)]));
}

function resume(token: string, teller: Teller): void {
  teller.call("session.open", { resume: token }, (error, result) => {
    teller.say(error === undefined ? introduce(result as SessionOpenResult) : refusal(error));
  });
}

/** What does not even look like a token is none that is known. */
function refusal(error: RpcError): string[] {
  const isUnknown = error.errorName === "not_found" || error.errorName === "invalid_params";
  return isUnknown ? ["! No history is known by that token."] : formatError(error, "");
}

function introduce({ resumeToken, lastSeq, resumed, nick }: SessionOpenResult): string[] {
  const name = nick === undefined ? "anonymous" : nick;
  return [
    server(
      `${resumed ? "Welcome back." : `You are ${name}.`} Your history has ${lastSeq} ${lastSeq === 1 ? "entry" : "entries"}.`,
    ),
    server(`Come back with: /resume ${resumeToken}`),
  ];
}

function addQuota(lines: string[], teller: Teller): void {
  ask(teller, "session.info", {}, ({ quota }) => {
    if (quota === undefined) return teller.say(lines);
    const { usedCpuMs, cpuMs, windowMs, resetsInMs } = quota;
    const used = `${inSeconds(usedCpuMs)} of ${inSeconds(cpuMs)} s of processor time in ${inSeconds(windowMs)} s`;
    teller.say([...lines, server(`You have used ${used}; all of it is back in ${Math.ceil(resetsInMs / 1000)} s.`)]);
  });
}

function inSeconds(ms: number): string {
  return String(Math.round(ms / 100) / 10);
}
