/** Generated from `schemas/` by `scripts/generate.ts`; changes made here are lost. */
import type { MethodName } from "./types.ts";

export type MethodRow = {
  readonly summary: string;
  /** Least role that may call it; "nobody" is who may do nothing else. */
  readonly role: "nobody" | "anyone" | "user" | "operator";
  /** Which bounded queue it goes through. */
  readonly lane: "none" | "eval" | "store";
  /** What a call costs of a quota. */
  readonly cost: number;
  /** Whether it changes variables, history or session. */
  readonly writes: boolean;
  /** Names of positional parameters. */
  readonly order: readonly string[];
  /** Known members by JSON pointer, for suggestions. */
  readonly members: { readonly [pointer: string]: readonly string[] };
};

export const METHODS: { readonly [Name in MethodName]: MethodRow } = {
  "calc.check": {"summary":"Tells how an expression is understood, without evaluating it.","role":"anyone","lane":"eval","cost":1,"writes":false,"order":["expression"],"members":{"":["expression"]}},
  "calc.evaluate": {"summary":"Evaluates one expression.","role":"anyone","lane":"eval","cost":1,"writes":true,"order":["expression","variables","number","precision","limits","key","record"],"members":{"":["expression","variables","number","precision","limits","key","record"],"/limits":["timeMs","resultBytes"]}},
  "history.list": {"summary":"Lists the client's own calculations.","role":"anyone","lane":"store","cost":2,"writes":false,"order":["before","after","limit","query"],"members":{"":["before","after","limit","query"]}},
  "rpc.discover": {"summary":"Describes the whole service as an OpenRPC document.","role":"nobody","lane":"none","cost":10,"writes":false,"order":[],"members":{"":[]}},
  "server.info": {"summary":"Tells versions, limits, functions and which layers of the jail stand.","role":"anyone","lane":"none","cost":5,"writes":false,"order":[],"members":{"":[]}},
  "server.ping": {"summary":"Answers at once, with the server's time.","role":"nobody","lane":"none","cost":1,"writes":false,"order":["echo"],"members":{"":["echo"]}},
  "session.open": {"summary":"Names the client by its token, sets its number system, or finds an earlier history and its variables again.","role":"nobody","lane":"store","cost":5,"writes":true,"order":["resume","nick","number","precision","token"],"members":{"":["resume","token","nick","number","precision"]}},
};

/** What each pattern of the schemas asks for, in a person's words. */
export const FORMS: { readonly [pattern: string]: string } = {
  "^(?!.*__)[\\p{L}_$][\\p{L}\\p{N}_$]{0,63}$": "A letter, `_` or `$`, then letters, digits, `_` or `$`; at most 64 characters; never two underscores in a row",
  "^[0-9a-f]{64}$": "SHA-256 of the whole token, hex",
  "^[0-9a-f]{16}$": "The part of the token that is no secret",
  "^[\\p{L}\\p{N}_.-]{1,32}$": "What people should call this client: 1 to 32 letters, digits, `_`, `.` or `-`",
  "^[A-Za-z0-9_-]{16,128}$": "Secret. Whoever has it, has the history. Absent with `token`, which is the way back itself",
};
