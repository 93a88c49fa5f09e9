/** Generated from `schemas/` by `scripts/generate.ts`; changes made here are lost. */

/**
 * Mathematics in mathjs syntax. Its size in UTF-8 bytes is bounded by `expressionBytesMax` (error `too_long`).
 */
export type Expression = string;
/**
 * A letter, `_` or `$`, then letters, digits, `_` or `$`; at most 64 characters; never two underscores in a row.
 */
export type VariableName = string;
/**
 * A number, boolean, string, list of numbers or matrix (list of lists of numbers).
 */
export type VariableValue = number | boolean | string | (number | number[])[];
/**
 * What a numeric literal becomes.
 */
export type NumberKind = "number" | "BigNumber" | "Fraction" | "bigint";
/**
 * Significant digits of BigNumbers.
 */
export type Precision = number;
/**
 * What a client may do: `anyone` calculates, `user` within larger limits, `operator` may also manage the server. Each may do what those before it may.
 */
export type Role = "anyone" | "user" | "operator";
/**
 * Type of the value, as mathjs's `typeOf` says.
 */
export type ValueType = string;
/**
 * The value for people: 14 significant digits, or as many as `precision` asks for.
 */
export type ValueText = string;
/**
 * The value as mathjs writes it to JSON; digits of bigint, BigNumber and Fraction are strings.
 */
export type Value = unknown;
/**
 * CPU time of the evaluation in microseconds, as the jail measured it.
 */
export type ElapsedUs = number;
/**
 * The failures that are born in the jail; each is a row of errors.json.
 */
export type FailureName =
  | "syntax_error"
  | "unknown_symbol"
  | "unknown_function"
  | "bad_argument"
  | "unit_mismatch"
  | "domain_error"
  | "function_refused"
  | "access_refused"
  | "unknown_unit"
  | "memory_limit"
  | "result_too_large"
  | "too_deep"
  | "too_many_nodes";

export interface Defs {
  Expression: Expression;
  VariableName: VariableName;
  Variables: Variables;
  VariableValue: VariableValue;
  NumberKind: NumberKind;
  Precision: Precision;
  Settings: Settings;
  CallLimits: CallLimits;
  Role: Role;
  Limits: Limits;
  Position: Position;
  MetLimit: MetLimit;
  ErrorData: ErrorData;
  ErrorObject: ErrorObject;
  Entry: Entry;
  ValueType: ValueType;
  Value: Value;
  ValueText: ValueText;
  ElapsedUs: ElapsedUs;
  Layer: Layer;
  RefusedFunction: RefusedFunction;
  Stored: Stored;
  JailLimits: JailLimits;
  Start: Start;
  Ready: Ready;
  Job: Job;
  FailureName: FailureName;
  Failure: Failure;
  JailValue: JailValue;
  Checked: Checked;
  Outcome: Outcome;
  TokenRow: TokenRow;
  TokenFile: TokenFile;
  Config: Config;
  CalcCheckParams: CalcCheckParams;
  CalcCheckResult: Checked;
  CalcEvaluateParams: CalcEvaluateParams;
  CalcEvaluateResult: CalcEvaluateResult;
  HistoryListParams: HistoryListParams;
  HistoryListResult: HistoryListResult;
  RpcDiscoverParams: RpcDiscoverParams;
  RpcDiscoverResult: RpcDiscoverResult;
  ServerInfoParams: ServerInfoParams;
  ServerInfoResult: ServerInfoResult;
  ServerPingParams: ServerPingParams;
  ServerPingResult: ServerPingResult;
  SessionOpenParams: SessionOpenParams;
  SessionOpenResult: SessionOpenResult;
}
/**
 * Values by name, for this call only: numbers, booleans, strings, lists of numbers, and lists of such lists (matrices).
 */
export interface Variables {
  [k: string]: VariableValue;
}
/**
 * The number system expressions are evaluated under. Absent members mean mathjs's defaults: `number`, 64 digits.
 */
export interface Settings {
  number?: NumberKind;
  precision?: Precision;
}
/**
 * Bounds for this call. What is larger than the server's own limit is lowered to it: `timeMs` to `evaluateMsCeiling`, `resultBytes` to `resultBytesMax`.
 */
export interface CallLimits {
  /**
   * Milliseconds the evaluation may take; `evaluateMs` when absent.
   */
  timeMs?: number;
  /**
   * Bytes the value may have, as JSON.
   */
  resultBytes?: number;
}
/**
 * The limits for this client's role by the name of their setting; the unit is the last word of the name. docs/CONFIG.md explains each.
 */
export interface Limits {
  [k: string]: number;
}
/**
 * Where in the expression: `offset` and `column` count UTF-16 units; `offset` from 0, `line` and `column` from 1.
 */
export interface Position {
  offset: number;
  line: number;
  column: number;
  length: number;
}
/**
 * Which limit was met.
 */
export interface MetLimit {
  /**
   * Name of the setting, or `timeMs` and `resultBytes` when the call chose the bound.
   */
  name: string;
  /**
   * What is allowed.
   */
  value: number;
  /**
   * What was asked for or spent.
   */
  used?: number;
  /**
   * How far an operator may raise it.
   */
  ceiling?: number;
}
/**
 * The `data` of every error. Members that do not apply are absent.
 */
export interface ErrorData {
  /**
   * Name of the error; stable for ever, like its code.
   */
  name: string;
  position?: Position;
  /**
   * JSON pointer into `params`, at most 128 characters, control characters escaped.
   */
  path?: string;
  /**
   * What was written there: at most 64 characters, control characters escaped.
   */
  excerpt?: string;
  /**
   * What is wrong, in a person's words.
   */
  detail?: string;
  /**
   * Names near what was written, nearest first.
   */
  suggestions?: string[];
  limit?: MetLimit;
  /**
   * True when the same request may succeed later; absent otherwise.
   */
  retryable?: boolean;
  /**
   * Milliseconds to wait before the same request.
   */
  retryAfterMs?: number;
  /**
   * Number of the history entry that keeps this failure, or that the key belongs to.
   */
  seq?: number;
  /**
   * Find it in the server's log.
   */
  incident?: string;
}
/**
 * The `error` member of a JSON-RPC reply.
 */
export interface ErrorObject {
  /**
   * Stable for ever; see docs/ERRORS.md.
   */
  code: number;
  /**
   * A sentence for people; never contains input.
   */
  message: string;
  data: ErrorData;
}
/**
 * One calculation as the history keeps it. It has `type`, `text` and `value`, or it has `error`.
 */
export interface Entry {
  /**
   * 1, 2, 3, … with no hole.
   */
  seq: number;
  /**
   * When it was answered: ISO 8601, UTC, milliseconds.
   */
  at: string;
  expression: Expression;
  type?: ValueType;
  text?: ValueText;
  value?: Value;
  error?: ErrorObject;
  elapsedUs: ElapsedUs;
  /**
   * SHA-256, hex, over the predecessor's hash and this entry.
   */
  hash: string;
}
/**
 * A layer of the jail and whether it was proven to stand, by running the attack.
 */
export interface Layer {
  /**
   * L0 to L7, as SECURITY.md lists them.
   */
  id: string;
  name: string;
  /**
   * True when the attack was stopped.
   */
  stands: boolean;
  /**
   * How it was proven, or why it is missing.
   */
  how: string;
}
/**
 * A mathjs function that is absent here, and why.
 */
export interface RefusedFunction {
  name: string;
  reason: string;
}
/**
 * A variable or function as the server keeps it: opaque text that only the jail reads.
 */
export interface Stored {
  /**
   * The jail's own serialisation. The server never parses it.
   */
  text: string;
  /**
   * `typeOf` of the value; `function` for functions.
   */
  type: string;
  /**
   * Names a stored function uses without binding them; they travel along with it.
   */
  needs?: string[];
}
/**
 * Bounds the jail enforces by itself. The parent's deadline and memory limit stand behind them.
 */
export interface JailLimits {
  nodesMax: number;
  depthMax: number;
  elementsMax: number;
  resultBytesMax: number;
}
/**
 * First line, parent to jail.
 */
export interface Start {
  start: JailLimits;
}
/**
 * First line, jail to parent.
 */
export interface Ready {
  ready: {
    mathjs: string;
    node: string;
  };
}
/**
 * One expression to evaluate or to check.
 */
export interface Job {
  /**
   * Unique among the unanswered jobs of this worker.
   */
  id: number;
  /**
   * `check` evaluates nothing. Absent means `evaluate`.
   */
  kind?: "evaluate" | "check";
  expression: string;
  /**
   * The stored variables the expression may name, by name.
   */
  variables?: {
    [k: string]: string;
  };
  settings?: Settings;
  resultBytesMax?: number;
  /**
   * Answer `deferred` at once unless the tree is provably cheap.
   */
  cheapOnly?: boolean;
}
/**
 * Why there is no value.
 */
export interface Failure {
  name: FailureName;
  position?: Position;
  detail?: string;
  suggestions?: string[];
  limit?: {
    name: string;
    value: number;
    used?: number;
  };
}
/**
 * What an evaluation gave.
 */
export interface JailValue {
  type: string;
  /**
   * JSON as `math.replacer` writes it.
   */
  value: unknown;
  text: string;
  /**
   * Names the expression assigned, with what they now hold.
   */
  assigned?: {
    [k: string]: Stored;
  };
  warnings?: string[];
}
/**
 * What `check` tells about an expression without evaluating it.
 */
export interface Checked {
  /**
   * Free names: variables and functions that must exist, sorted.
   */
  symbols: string[];
  /**
   * Names it would assign, sorted.
   */
  assigns: string[];
  /**
   * The expression as it was understood, fully parenthesised.
   */
  interpretation: string;
  /**
   * For typesetting.
   */
  latex: string;
}
/**
 * Exactly one of `value`, `checked`, `failure`, `deferred` is there.
 */
export interface Outcome {
  id: number;
  value?: JailValue;
  checked?: Checked;
  failure?: Failure;
  /**
   * Not provably cheap; nothing was evaluated.
   */
  deferred?: true;
  /**
   * CPU time spent on this job in whole microseconds. Absent means 0.
   */
  us?: number;
}
/**
 * One token.
 */
export interface TokenRow {
  /**
   * The part of the token that is no secret.
   */
  id: string;
  /**
   * What people call the client: 1 to 32 letters, digits, `_`, `.` or `-`.
   */
  name: string;
  role: Role;
  /**
   * SHA-256 of the whole token, hex.
   */
  hash: string;
  /**
   * ISO 8601, UTC.
   */
  createdAt: string;
  /**
   * ISO 8601, UTC; absent while the token is good.
   */
  revokedAt?: string;
}
/**
 * The whole file.
 */
export interface TokenFile {
  /**
   * Of this form.
   */
  version: 1;
  tokens: TokenRow[];
}
export interface Config {
  listen: string[];
  socketMode: string;
  tlsCertificate: string;
  tlsKey: string;
  tlsHandshakeMs: number;
  tokens: string;
  anonymous: "allowed" | "refused";
  insecurePublic: "refused" | "allowed";
  tokenFailuresPerAddressMax: number;
  tokenFailuresMax: number;
  tokenFailuresMs: number;
  history: string;
  jail: "require" | "prefer" | "off";
  cacheDir: string;
  logLevel: "trace" | "debug" | "info" | "warn" | "error" | "fatal" | "silent";
  evaluators: number;
  frameBytesMax: number;
  messageDepthMax: number;
  expressionBytesMax: number;
  userExpressionBytesMax: number;
  depthMax: number;
  nodesMax: number;
  elementsMax: number;
  evaluateMs: number;
  evaluateMsCeiling: number;
  heapMb: number;
  rssMb: number;
  resultBytesMax: number;
  userResultBytesMax: number;
  variablesMax: number;
  variablesBytesMax: number;
  callsInFlightMax: number;
  userCallsInFlightMax: number;
  batchMax: number;
  outputBytesSoftMax: number;
  outputBytesHardMax: number;
  outputSoftMs: number;
  frameMs: number;
  idleMs: number;
  connectionsMax: number;
  connectionsPerAddressMax: number;
  anonymousKeptMs: number;
  principalsKeptMax: number;
  queueMax: number;
  queuePerClientMax: number;
  queueMs: number;
  appendsMax: number;
  drainMs: number;
}
export interface CalcCheckParams {
  expression: Expression;
}
export interface CalcEvaluateParams {
  expression: Expression;
  variables?: Variables;
  number?: NumberKind;
  precision?: Precision;
  limits?: CallLimits;
  /**
   * The client's own name for this request, unique in its history: makes repeating it safe.
   */
  key?: string;
  /**
   * False keeps the call out of the history.
   */
  record?: boolean;
}
export interface CalcEvaluateResult {
  type: ValueType;
  value: Value;
  text: ValueText;
  /**
   * Number of the history entry; absent when nothing was recorded.
   */
  seq?: number;
  /**
   * Names the expression assigned, sorted.
   */
  assigned?: string[];
  /**
   * What a person should know about the result.
   */
  warnings?: string[];
  elapsedUs: ElapsedUs;
  /**
   * The outcome was stored earlier under the same key.
   */
  replayed?: true;
}
export interface HistoryListParams {
  /**
   * Only entries with a smaller `seq`.
   */
  before?: number;
  /**
   * Only entries with a greater `seq`.
   */
  after?: number;
  /**
   * At most so many entries.
   */
  limit?: number;
  /**
   * Only entries whose expression or result contains this, whatever the case.
   */
  query?: string;
}
export interface HistoryListResult {
  /**
   * Newest last.
   */
  entries: Entry[];
  /**
   * Number of the newest entry of the whole history; 0 when there is none.
   */
  lastSeq: number;
  /**
   * More entries match than `limit` let through.
   */
  more: boolean;
}
export interface RpcDiscoverParams {}
/**
 * An OpenRPC 1.3 document.
 */
export interface RpcDiscoverResult {
  /**
   * Version of OpenRPC.
   */
  openrpc: string;
  /**
   * Title, version and description of the service.
   */
  info: {};
  /**
   * Where it listens by default.
   */
  servers?: {}[];
  /**
   * Every method: params, result, errors, examples.
   */
  methods: {}[];
  /**
   * Shared schemas and all errors.
   */
  components?: {};
}
export interface ServerInfoParams {}
export interface ServerInfoResult {
  /**
   * Always `canaduck`.
   */
  name: "canaduck";
  /**
   * Version of the server.
   */
  version: string;
  /**
   * Version of Node.js.
   */
  node: string;
  /**
   * Version of mathjs.
   */
  mathjs: string;
  /**
   * Version of JSON-RPC.
   */
  protocol: "2.0";
  /**
   * Names of all methods, sorted.
   */
  methods: string[];
  limits: Limits;
  /**
   * Functions and constants an expression may name, and mathjs functions it may not, with the reason.
   */
  functions: {
    allowed: string[];
    refused: RefusedFunction[];
  };
  /**
   * The operator's demand and what was proven.
   */
  jail: {
    /**
     * What happens when a layer is missing.
     */
    mode: "require" | "prefer" | "off";
    layers: Layer[];
  };
  /**
   * Seconds since the server began to listen.
   */
  uptimeSeconds: number;
}
export interface ServerPingParams {
  /**
   * Any JSON of at most 1024 bytes; comes back unchanged.
   */
  echo?: unknown;
}
export interface ServerPingResult {
  /**
   * What was sent; absent when nothing was.
   */
  echo?: unknown;
  /**
   * The server's clock: ISO 8601, UTC, milliseconds.
   */
  time: string;
}
export interface SessionOpenParams {
  /**
   * The `resumeToken` of an earlier session.
   */
  resume?: string;
  /**
   * Secret that an operator made with `canaduck token create`; not together with `resume`.
   */
  token?: string;
  /**
   * What people should call this client: 1 to 32 letters, digits, `_`, `.` or `-`.
   */
  nick?: string;
  number?: NumberKind;
  precision?: Precision;
}
export interface SessionOpenResult {
  /**
   * Identity that owns the history.
   */
  principal: string;
  /**
   * Secret. Whoever has it, has the history. Absent with `token`, which is the way back itself.
   */
  resumeToken?: string;
  /**
   * True when an earlier history was found.
   */
  resumed: boolean;
  limits: Limits;
  role: Role;
  /**
   * Name of the token; absent without one.
   */
  name?: string;
  /**
   * Number of the newest history entry; 0 when there is none.
   */
  lastSeq: number;
  settings: Settings;
}
export type CalcCheckResult = Checked;

/** Parameters of each method, by name. */
export type ParamsByMethod = {
  "calc.check": CalcCheckParams;
  "calc.evaluate": CalcEvaluateParams;
  "history.list": HistoryListParams;
  "rpc.discover": RpcDiscoverParams;
  "server.info": ServerInfoParams;
  "server.ping": ServerPingParams;
  "session.open": SessionOpenParams;
};

/** Result of each method. */
export type ResultByMethod = {
  "calc.check": CalcCheckResult;
  "calc.evaluate": CalcEvaluateResult;
  "history.list": HistoryListResult;
  "rpc.discover": RpcDiscoverResult;
  "server.info": ServerInfoResult;
  "server.ping": ServerPingResult;
  "session.open": SessionOpenResult;
};

export type MethodName = keyof ParamsByMethod;
