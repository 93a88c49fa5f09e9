/** The slash commands about the person and the server. */
import type { SessionCloseResult, SessionOpenParams, SessionOpenResult } from "../protocol/generated/types.ts";
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
    run: (token, teller) => comeBack({ resume: token }, "! No history is known by that token.", teller),
  },
  login: {
    args: "TOKEN",
    summary: "who you are, by the token an operator gave you",
    detail: ["You get the history, the variables and the limits of that token."],
    run: (token, teller) => comeBack({ token }, "! That is no token.", teller),
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

function comeBack(params: SessionOpenParams, unknown: string, teller: Teller): void {
  teller.call("session.open", params, (error, result) => {
    if (error === undefined) return teller.say(introduce(result as SessionOpenResult));
    // What does not even look like a token is none that is known.
    const isUnknown = error.errorName === "not_found" || error.errorName === "invalid_params";
    teller.say(isUnknown ? [unknown] : formatError(error, ""));
  });
}

function introduce(session: SessionOpenResult): string[] {
  const { resumeToken, lastSeq } = session;
  const history = `Your history has ${lastSeq} ${lastSeq === 1 ? "entry" : "entries"}.`;
  const who = server(`${greet(session)} ${history}`);
  return resumeToken === undefined ? [who] : [who, server(`Come back with: /resume ${resumeToken}`)];
}

function greet({ resumed, nick, name, role }: SessionOpenResult): string {
  if (name !== undefined) return `You are ${nick ?? name}, role ${role}.`;
  return resumed ? "Welcome back." : `You are ${nick ?? "anonymous"}.`;
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
