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
  "admin.clients": {"summary":"Lists the open connections.","role":"operator","lane":"none","cost":5,"writes":false,"order":["after","limit"],"members":{"":["after","limit"]}},
  "admin.drain": {"summary":"Ends the server as a SIGTERM does.","role":"operator","lane":"none","cost":5,"writes":true,"order":[],"members":{"":[]}},
  "admin.kick": {"summary":"Ends connections.","role":"operator","lane":"none","cost":5,"writes":true,"order":["connection","principal"],"members":{"":["connection","principal"]}},
  "admin.trace": {"summary":"Watches for a while what calls the server answers.","role":"operator","lane":"none","cost":20,"writes":false,"order":["ms","limit","connection","principal"],"members":{"":["ms","limit","connection","principal"]}},
  "calc.check": {"summary":"Tells how an expression is understood, without evaluating it.","role":"anyone","lane":"eval","cost":1,"writes":false,"order":["expression"],"members":{"":["expression"]}},
  "calc.complete": {"summary":"Completes a name that was begun.","role":"anyone","lane":"none","cost":1,"writes":false,"order":["prefix","limit"],"members":{"":["prefix","limit"]}},
  "calc.describe": {"summary":"Explains a function, constant, unit or variable.","role":"anyone","lane":"none","cost":1,"writes":false,"order":["name"],"members":{"":["name"]}},
  "calc.evaluate": {"summary":"Evaluates one expression.","role":"anyone","lane":"eval","cost":1,"writes":true,"order":["expression","variables","number","precision","seed","limits","key","record","explain"],"members":{"":["expression","variables","number","precision","seed","limits","key","record","explain"],"/limits":["timeMs","resultBytes"]}},
  "calc.evaluateRows": {"summary":"Evaluates one expression for many rows.","role":"anyone","lane":"eval","cost":20,"writes":false,"order":["expression","columns","rows","number","precision","progress"],"members":{"":["expression","columns","rows","number","precision","progress"]}},
  "calc.sample": {"summary":"Evaluates an expression at evenly spaced points, for a plot.","role":"anyone","lane":"eval","cost":5,"writes":false,"order":["expression","variable","from","to","points"],"members":{"":["expression","variable","from","to","points"]}},
  "history.clear": {"summary":"Removes the client's own calculations, all or the older ones.","role":"anyone","lane":"store","cost":10,"writes":true,"order":["before"],"members":{"":["before"]}},
  "history.export": {"summary":"Gives the client's history as text, a page at a time.","role":"anyone","lane":"store","cost":10,"writes":false,"order":["format","after","limit"],"members":{"":["format","after","limit"]}},
  "history.get": {"summary":"Tells one calculation of the client's own history.","role":"anyone","lane":"store","cost":1,"writes":false,"order":["seq"],"members":{"":["seq"]}},
  "history.list": {"summary":"Lists the client's own calculations.","role":"anyone","lane":"store","cost":2,"writes":false,"order":["before","after","limit","query"],"members":{"":["before","after","limit","query"]}},
  "history.verify": {"summary":"Proves that the client's history is what was stored.","role":"anyone","lane":"store","cost":20,"writes":false,"order":[],"members":{"":[]}},
  "rpc.discover": {"summary":"Describes the whole service as an OpenRPC document.","role":"nobody","lane":"none","cost":10,"writes":false,"order":[],"members":{"":[]}},
  "scope.clear": {"summary":"Removes all variables and functions of the session.","role":"anyone","lane":"none","cost":1,"writes":true,"order":[],"members":{"":[]}},
  "scope.get": {"summary":"Tells a variable's value and version.","role":"anyone","lane":"eval","cost":1,"writes":false,"order":["name"],"members":{"":["name"]}},
  "scope.list": {"summary":"Lists the session's variables and functions.","role":"anyone","lane":"none","cost":2,"writes":false,"order":[],"members":{"":[]}},
  "scope.set": {"summary":"Sets a variable, when asked only if nobody changed it meanwhile.","role":"anyone","lane":"eval","cost":1,"writes":true,"order":["name","value","ifVersion","expression"],"members":{"":["name","value","ifVersion","expression"]}},
  "scope.unset": {"summary":"Removes a variable.","role":"anyone","lane":"none","cost":1,"writes":true,"order":["name","ifVersion"],"members":{"":["name","ifVersion"]}},
  "server.info": {"summary":"Tells versions, limits, functions and which layers of the jail stand.","role":"anyone","lane":"none","cost":5,"writes":false,"order":[],"members":{"":[]}},
  "server.ping": {"summary":"Answers at once, with the server's time.","role":"nobody","lane":"none","cost":1,"writes":false,"order":["echo"],"members":{"":["echo"]}},
  "server.status": {"summary":"Tells how busy the server is.","role":"anyone","lane":"none","cost":5,"writes":false,"order":[],"members":{"":[]}},
  "session.close": {"summary":"Says goodbye: answers what is in flight, then closes the connection.","role":"anyone","lane":"none","cost":1,"writes":true,"order":[],"members":{"":[]}},
  "session.configure": {"summary":"Sets the number system, whether 2 x means 2 * x, whether calculations are recorded, and what is told unasked.","role":"anyone","lane":"none","cost":1,"writes":true,"order":["number","precision","history","implicit","events"],"members":{"":["number","precision","history","implicit","events"]}},
  "session.info": {"summary":"Tells who the caller is, its role and settings, its limits, and how much processor time it has used.","role":"anyone","lane":"store","cost":2,"writes":false,"order":[],"members":{"":[]}},
  "session.open": {"summary":"Names the client by its token, sets its number system, or finds an earlier history and its variables again.","role":"nobody","lane":"store","cost":5,"writes":true,"order":["resume","nick","number","precision","token","events"],"members":{"":["resume","token","nick","number","precision","events"]}},
};

/** What each pattern of the schemas asks for, in a person's words. */
export const FORMS: { readonly [pattern: string]: string } = {
  "^(?!.*__)[\\p{L}_$][\\p{L}\\p{N}_$]{0,63}$": "A letter, `_` or `$`, then letters, digits, `_` or `$`; at most 64 characters; never two underscores in a row",
  "^[0-9a-f]{64}$": "SHA-256, hex, of the last entry that was proven; zeros when there is none",
  "^[0-9a-f]{12}$": "Begins a short line; read as a number it is the id of the job",
  "^[0-9a-f]{12}(#[1-9][0-9]{0,15})?(\\{(\"[A-Za-z_][A-Za-z0-9_]*\":-?[0-9.]+,?){1,16}\\})?\\t[^\\u0000-\\u001f\"\\\\]+$": "A token, perhaps `#` and `resultBytesMax`, perhaps variables that are plain numbers, a tab, an expression: a job with `cheapOnly`, with all else absent",
  "^[0-9a-f]{12}\\t(0|[1-9][0-9]{0,14})\\t-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,25})?(e[+-][0-9]{1,3})?(\\t[-+.0-9e]{1,32})?$": "The token of the short job, `us`, a number as JSON, and its `text` where that differs, with tabs between: an outcome with a value of the type `number`",
  "^[0-9a-f]{16}$": "The part of the token that is no secret",
  "^[\\p{L}\\p{N}_.-]{1,32}$": "What people call the client: 1 to 32 letters, digits, `_`, `.` or `-`",
  "^[A-Za-z0-9_-]{16,128}$": "Secret. Whoever has it, has the history. Absent with `token`, which is the way back itself",
};
