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
 * What random numbers are drawn from: the same seed gives the same call the same numbers, whichever process serves it. Absent means numbers no other call draws; neither are for secrets.
 */
export type Seed = number;
/**
 * Whether values in a row are multiplied, as in `2 x` and `3 (4)`. False: they are a `syntax_error` at their place, but for a number with its unit (`2 inch`, `3i`) and units in a row (`N m`). It concerns the expressions that are sent, not texts they parse nor functions that were kept before.
 */
export type Implicit = boolean;
/**
 * What this connection is told without asking again: `scope.changed`, when other connections of the client change its variables. Instead of what it was told before; `[]` for nothing. At most `scopeWatchersMax` connections of a client. It ends when `session.open` leads to another session.
 */
export type EventNames = "scope.changed"[];
/**
 * What people call this client: 1 to 32 letters, digits, `_`, `.` or `-`, unique among those present whatever the case.
 */
export type Nick = string;
/**
 * The caller's own name for a call whose progress it wants to be told.
 */
export type ProgressToken = string | number;
/**
 * What a client may do: `anyone` calculates, `user` within larger limits, `operator` may also manage the server. Each may do what those before it may.
 */
export type Role = "anyone" | "user" | "operator";
/**
 * Grows with every change of any variable of the session; never used twice.
 */
export type VariableVersion = number;
/**
 * Type of the value, as mathjs's `typeOf` says.
 */
export type ValueType = string;
/**
 * The value as mathjs writes it to JSON; digits of bigint, BigNumber and Fraction are strings.
 */
export type Value = unknown;
/**
 * The value for people: 14 significant digits, or as many as `precision` asks for.
 */
export type ValueText = string;
/**
 * CPU time of the evaluation in microseconds, as the jail measured it.
 */
export type ElapsedUs = number;
/**
 * Begins a short line; read as a number it is the id of the job.
 */
export type Token = string;
/**
 * A token, perhaps `#` and `resultBytesMax`, perhaps variables that are plain numbers, a tab, an expression: a job with `cheapOnly`, with all else absent.
 */
export type ShortJob = string;
/**
 * The token of the short job, `us`, a number as JSON, and its `text` where that differs, with tabs between: an outcome with a value of the type `number`.
 */
export type ShortOutcome = string;
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
/**
 * The expression as it was understood, fully parenthesised.
 */
export type Interpretation = string;

export interface Defs {
  Expression: Expression;
  VariableName: VariableName;
  Variables: Variables;
  VariableValue: VariableValue;
  NumberKind: NumberKind;
  Precision: Precision;
  Seed: Seed;
  Implicit: Implicit;
  Settings: Settings;
  EffectiveSettings: EffectiveSettings;
  EventNames: EventNames;
  Nick: Nick;
  CallLimits: CallLimits;
  ProgressToken: ProgressToken;
  Role: Role;
  Limits: Limits;
  VariableVersion: VariableVersion;
  VariableChange: VariableChange;
  VariableRow: VariableRow;
  HeldVariable: HeldVariable;
  CurrentVariable: CurrentVariable;
  Position: Position;
  MetLimit: MetLimit;
  ErrorData: ErrorData;
  ErrorObject: ErrorObject;
  Entry: Entry;
  RowError: RowError;
  ValueType: ValueType;
  Value: Value;
  ValueText: ValueText;
  ElapsedUs: ElapsedUs;
  TracedCall: TracedCall;
  Layer: Layer;
  RefusedFunction: RefusedFunction;
  Token: Token;
  ShortJob: ShortJob;
  ShortOutcome: ShortOutcome;
  Stored: Stored;
  JailLimits: JailLimits;
  Start: Start;
  Ready: Ready;
  Job: Job;
  FailureName: FailureName;
  Failure: Failure;
  JailValue: JailValue;
  Interpretation: Interpretation;
  Checked: Checked;
  Rows: Rows;
  RowFailure: RowFailure;
  Outcome: Outcome;
  TokenRow: TokenRow;
  TokenFile: TokenFile;
  Config: Config;
  AdminClientsParams: AdminClientsParams;
  AdminClientsResult: AdminClientsResult;
  AdminDrainParams: AdminDrainParams;
  AdminDrainResult: AdminDrainResult;
  AdminKickParams: AdminKickParams;
  AdminKickResult: AdminKickResult;
  AdminTraceParams: AdminTraceParams;
  AdminTraceResult: AdminTraceResult;
  CalcCheckParams: CalcCheckParams;
  CalcCheckResult: Checked;
  CalcCompleteParams: CalcCompleteParams;
  CalcCompleteResult: CalcCompleteResult;
  CalcDescribeParams: CalcDescribeParams;
  CalcDescribeResult: CalcDescribeResult;
  CalcEvaluateParams: CalcEvaluateParams;
  CalcEvaluateResult: CalcEvaluateResult;
  CalcEvaluateRowsParams: CalcEvaluateRowsParams;
  CalcEvaluateRowsResult: CalcEvaluateRowsResult;
  CalcSampleParams: CalcSampleParams;
  CalcSampleResult: CalcSampleResult;
  HistoryClearParams: HistoryClearParams;
  HistoryClearResult: HistoryClearResult;
  HistoryExportParams: HistoryExportParams;
  HistoryExportResult: HistoryExportResult;
  HistoryGetParams: HistoryGetParams;
  HistoryGetResult: Entry;
  HistoryListParams: HistoryListParams;
  HistoryListResult: HistoryListResult;
  HistoryVerifyParams: HistoryVerifyParams;
  HistoryVerifyResult: HistoryVerifyResult;
  RpcDiscoverParams: RpcDiscoverParams;
  RpcDiscoverResult: RpcDiscoverResult;
  ScopeClearParams: ScopeClearParams;
  ScopeClearResult: ScopeClearResult;
  ScopeGetParams: ScopeGetParams;
  ScopeGetResult: HeldVariable;
  ScopeListParams: ScopeListParams;
  ScopeListResult: ScopeListResult;
  ScopeSetParams: ScopeSetParams;
  ScopeSetResult: HeldVariable;
  ScopeUnsetParams: ScopeUnsetParams;
  ScopeUnsetResult: ScopeUnsetResult;
  ServerInfoParams: ServerInfoParams;
  ServerInfoResult: ServerInfoResult;
  ServerPingParams: ServerPingParams;
  ServerPingResult: ServerPingResult;
  ServerStatusParams: ServerStatusParams;
  ServerStatusResult: ServerStatusResult;
  SessionCloseParams: SessionCloseParams;
  SessionCloseResult: SessionCloseResult;
  SessionConfigureParams: SessionConfigureParams;
  SessionConfigureResult: EffectiveSettings;
  SessionInfoParams: SessionInfoParams;
  SessionInfoResult: SessionInfoResult;
  SessionOpenParams: SessionOpenParams;
  SessionOpenResult: SessionOpenResult;
  CancelParams: CancelParams;
  ProgressParams: ProgressParams;
  ScopeChangedParams: ScopeChangedParams;
  ServerClosingParams: ServerClosingParams;
  SessionMissedParams: SessionMissedParams;
}
/**
 * Values by name, for this call only: numbers, booleans, strings, lists of numbers, and lists of such lists (matrices).
 */
export interface Variables {
  [k: string]: VariableValue;
}
/**
 * How expressions are read and evaluated. Absent members mean mathjs's defaults: `number`, 64 digits, implicit multiplication.
 */
export interface Settings {
  number?: NumberKind;
  precision?: Precision;
  implicit?: Implicit;
}
/**
 * The settings of the client's calls, defaults filled in.
 */
export interface EffectiveSettings {
  number: NumberKind;
  precision: Precision;
  implicit: Implicit;
  /**
   * Whether `calc.evaluate` records when the call does not say.
   */
  history: boolean;
  events: EventNames;
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
 * A variable that was assigned or set, or one that was removed.
 */
export interface VariableChange {
  name: VariableName;
  version?: VariableVersion;
  type?: ValueType;
  /**
   * There is no variable of this name any more; then without `version` and `type`.
   */
  removed?: true;
}
/**
 * A variable or function of the session, without its value.
 */
export interface VariableRow {
  name: VariableName;
  type: ValueType;
  version: VariableVersion;
  /**
   * What it takes of `variablesBytesMax`.
   */
  bytes: number;
}
/**
 * A variable with its value.
 */
export interface HeldVariable {
  name: VariableName;
  version: VariableVersion;
  type: ValueType;
  value: Value;
  text: ValueText;
}
/**
 * What a variable holds now; only `version`, 0, when there is none.
 */
export interface CurrentVariable {
  /**
   * Its version.
   */
  version: number;
  type?: ValueType;
  value?: Value;
  text?: ValueText;
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
   * This failure was stored earlier under the same key.
   */
  replayed?: true;
  current?: CurrentVariable;
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
 * A row that failed.
 */
export interface RowError {
  /**
   * Counted from 0.
   */
  row: number;
  error: ErrorObject;
}
/**
 * A call that was answered, without what was asked or answered.
 */
export interface TracedCall {
  /**
   * Number of its connection.
   */
  connection: number;
  /**
   * Whose call it was; absent before the connection has one.
   */
  principal?: string;
  /**
   * Its number, as in the log.
   */
  call: number;
  /**
   * `other` when there is no such method.
   */
  method: string;
  /**
   * `ok`, or the name of the error.
   */
  outcome: string;
  /**
   * Milliseconds from its dispatch to its answer.
   */
  elapsedMs: number;
  elapsedUs?: ElapsedUs;
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
  /**
   * Allows jobs of the kind `probe`: the process is to be sacrificed.
   */
  probe?: true;
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
   * `check` evaluates nothing, `rows` evaluates once for each row of `columns`, `probe` runs the probe that `expression` names. Absent means `evaluate`.
   */
  kind?: "evaluate" | "check" | "rows" | "probe";
  /**
   * For `rows`: values by name, lists of one length that is not 0.
   */
  columns?: {
    [k: string]: unknown[];
  };
  expression: string;
  /**
   * The stored variables the expression may name, by name.
   */
  variables?: {
    [k: string]: string;
  };
  settings?: Settings;
  seed?: Seed;
  resultBytesMax?: number;
  /**
   * Tell in the value how the expression was understood.
   */
  explain?: true;
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
  interpretation?: Interpretation;
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
  interpretation: Interpretation;
  /**
   * For typesetting.
   */
  latex: string;
}
/**
 * What the first rows gave: as many as the jail took time for, at least one.
 */
export interface Rows {
  /**
   * JSON as `math.replacer` writes it; null where the row failed.
   */
  values: unknown[];
  /**
   * Rows that failed.
   */
  failed: number;
  /**
   * The first of them.
   */
  failures: RowFailure[];
}
/**
 * Why a row has no value.
 */
export interface RowFailure {
  row: number;
  failure: Failure;
}
/**
 * Exactly one of `value`, `checked`, `rows`, `failure`, `deferred` is there.
 */
export interface Outcome {
  id: number;
  value?: JailValue;
  checked?: Checked;
  rows?: Rows;
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
  slowCallMs: number;
  metrics: string;
  metricsPublic: "no" | "yes";
  evaluators: number;
  frameBytesMax: number;
  rowsFrameBytesMax: number;
  rowsBytesMax: number;
  rowsMax: number;
  rowsNamesMax: number;
  rowsMs: number;
  pointsMax: number;
  replyBytesMax: number;
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
  scopeWatchersMax: number;
  scopeChangesMax: number;
  callsInFlightMax: number;
  userCallsInFlightMax: number;
  batchMax: number;
  outputBytesSoftMax: number;
  outputBytesHardMax: number;
  outputSoftMs: number;
  frameMs: number;
  idleMs: number;
  refusedFramesMax: number;
  refusedPauseMs: number;
  connectionsMax: number;
  connectionsPerAddressMax: number;
  anonymousKeptMs: number;
  principalsKeptMax: number;
  queueMax: number;
  queuePerClientMax: number;
  queueMs: number;
  penalMs: number;
  burnPercent: number;
  sparesKeptMs: number;
  quotaCpuMs: number;
  userQuotaCpuMs: number;
  quotaWindowMs: number;
  memoEntriesMax: number;
  appendsMax: number;
  historyBytesMax: number;
  historyBytesPerClientMax: number;
  tracesMax: number;
  drainMs: number;
}
export interface AdminClientsParams {
  /**
   * Only connections with a greater number.
   */
  after?: number;
  /**
   * At most so many.
   */
  limit?: number;
}
export interface AdminClientsResult {
  clients: {
    /**
     * Its number, never used again while the server runs.
     */
    connection: number;
    /**
     * Where it comes from; `local` for a Unix socket.
     */
    address: string;
    /**
     * How it speaks; `undecided` before its first line.
     */
    dialect: "undecided" | "json" | "header" | "text" | "http" | "tls" | "redis" | "smtp" | "ssh" | "proxy" | "binary";
    /**
     * When it was opened, ISO 8601.
     */
    since: string;
    /**
     * Calls not answered yet.
     */
    inFlight: number;
    /**
     * Bytes received.
     */
    bytesIn: number;
    /**
     * Bytes sent, or waiting to be.
     */
    bytesOut: number;
    /**
     * What it may do: a role, or `nobody`.
     */
    role: "nobody" | "anyone" | "user" | "operator";
    /**
     * Whose history it writes; absent before it has one.
     */
    principal?: string;
  }[];
  /**
   * Open connections in all.
   */
  open: number;
  /**
   * There are connections after the last of this page.
   */
  more: boolean;
}
export interface AdminDrainParams {}
export interface AdminDrainResult {
  /**
   * Milliseconds that calls in flight get.
   */
  drainMs: number;
  /**
   * Connections that are open now.
   */
  connections: number;
}
export interface AdminKickParams {
  /**
   * The number of one connection.
   */
  connection?: number;
  /**
   * All connections that speak for this principal.
   */
  principal?: string;
}
export interface AdminKickResult {
  /**
   * Connections ended.
   */
  kicked: number;
}
export interface AdminTraceParams {
  /**
   * How long to watch.
   */
  ms?: number;
  /**
   * At most so many calls; the others are counted.
   */
  limit?: number;
  /**
   * Number of the connection, as `admin.clients` tells it.
   */
  connection?: number;
  /**
   * Identity of the client.
   */
  principal?: string;
}
export interface AdminTraceResult {
  /**
   * In the order they were answered.
   */
  calls: TracedCall[];
  /**
   * Calls beyond `limit`.
   */
  dropped: number;
}
export interface CalcCheckParams {
  expression: Expression;
}
export interface CalcCompleteParams {
  /**
   * What was typed of the name.
   */
  prefix: string;
  /**
   * At most so many names.
   */
  limit?: number;
}
export interface CalcCompleteResult {
  /**
   * In the order to offer them.
   */
  names: {
    /**
     * The whole name.
     */
    name: string;
    /**
     * `variable` is the session's own, functions too.
     */
    kind: "variable" | "function" | "constant" | "unit";
    /**
     * Signature, type or dimension.
     */
    detail: string;
  }[];
  /**
   * More names begin like this.
   */
  more: boolean;
}
export interface CalcDescribeParams {
  /**
   * The whole name.
   */
  name: string;
}
export interface CalcDescribeResult {
  /**
   * As asked.
   */
  name: string;
  /**
   * `variable` is the session's own, functions too.
   */
  kind: "variable" | "function" | "constant" | "unit";
  /**
   * Family, dimension of a unit, or type of a variable.
   */
  category: string;
  /**
   * What it is.
   */
  help: string;
  /**
   * Ways to write it.
   */
  signatures: string[];
  /**
   * Expressions to try, in their order.
   */
  examples: string[];
  /**
   * Names near it.
   */
  seeAlso: string[];
}
export interface CalcEvaluateParams {
  expression: Expression;
  variables?: Variables;
  number?: NumberKind;
  precision?: Precision;
  seed?: Seed;
  limits?: CallLimits;
  /**
   * The client's own name for this request, unique in its history: makes repeating it safe. A call that is not recorded must have none.
   */
  key?: string;
  /**
   * Whether the call goes into the history; when absent, as `session.configure` says (true at first).
   */
  record?: boolean;
  /**
   * True: the result carries `interpretation`. With a `key` it is part of the request.
   */
  explain?: boolean;
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
  interpretation?: Interpretation;
  elapsedUs: ElapsedUs;
  /**
   * The outcome was stored earlier under the same key.
   */
  replayed?: true;
}
export interface CalcEvaluateRowsParams {
  expression: Expression;
  /**
   * Values by name: lists of one length, at most `rowsMax`. Either this or `rows`.
   */
  columns?: {
    [k: string]: (number | boolean | string)[];
  };
  /**
   * The same by rows: objects with the names of the first.
   */
  rows?: {
    [k: string]: number | boolean | string;
  }[];
  number?: NumberKind;
  precision?: Precision;
  progress?: ProgressToken;
}
export interface CalcEvaluateRowsResult {
  /**
   * One for each row, as `value` of `calc.evaluate`; null where the row failed.
   */
  values: unknown[];
  /**
   * Rows that failed.
   */
  failed: number;
  /**
   * The first rows that failed, in order.
   */
  errors: RowError[];
  elapsedUs: ElapsedUs;
}
export interface CalcSampleParams {
  expression: Expression;
  variable: VariableName;
  /**
   * First value of the variable.
   */
  from: number;
  /**
   * Last value of the variable; may be below `from`.
   */
  to: number;
  /**
   * How many; at most `pointsMax`.
   */
  points?: number;
}
export interface CalcSampleResult {
  /**
   * Values of the variable.
   */
  x: number[];
  /**
   * Values of the expression, or null.
   */
  y: (number | null)[];
  elapsedUs: ElapsedUs;
}
export interface HistoryClearParams {
  /**
   * Only entries with a smaller `seq`; all when absent.
   */
  before?: number;
}
export interface HistoryClearResult {
  /**
   * How many entries went.
   */
  removed: number;
  /**
   * Number of the newest entry there ever was: the next one is one more.
   */
  lastSeq: number;
}
export interface HistoryExportParams {
  /**
   * Kind of text.
   */
  format?: "jsonl" | "csv";
  /**
   * Only entries with a greater `seq`.
   */
  after?: number;
  /**
   * At most so many entries; fewer when the text would be longer than 256 KiB, but at least one.
   */
  limit?: number;
}
export interface HistoryExportResult {
  /**
   * Whole lines.
   */
  text: string;
  /**
   * How many entries the text has.
   */
  entries: number;
  /**
   * `seq` of the last of them: the `after` of the next page.
   */
  next: number;
  /**
   * There are entries after `next`.
   */
  more: boolean;
}
export interface HistoryGetParams {
  /**
   * Number of the entry.
   */
  seq: number;
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
export interface HistoryVerifyParams {}
export interface HistoryVerifyResult {
  /**
   * True when every entry is what was stored.
   */
  ok: boolean;
  /**
   * How many were proven.
   */
  entries: number;
  /**
   * The last `seq` that `history.clear` removed; 0 when none.
   */
  cleared: number;
  /**
   * SHA-256, hex, of the last entry that was proven; zeros when there is none.
   */
  hash: string;
  /**
   * The first `seq` that is missing or is not what was stored.
   */
  brokenAt?: number;
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
   * Every notification, of the server and of its clients.
   */
  "x-events"?: {}[];
  /**
   * Shared schemas and all errors.
   */
  components?: {};
}
export interface ScopeClearParams {}
export interface ScopeClearResult {
  /**
   * How many there were.
   */
  removed: number;
}
export interface ScopeGetParams {
  name: VariableName;
}
export interface ScopeListParams {}
export interface ScopeListResult {
  /**
   * Sorted by name.
   */
  variables: VariableRow[];
  /**
   * What all of them take of `variablesBytesMax`.
   */
  bytes: number;
}
export interface ScopeSetParams {
  name: VariableName;
  value?: VariableValue;
  /**
   * Only when the variable has this version now; 0: only when there is none. Else `conflict`.
   */
  ifVersion?: number;
  expression?: Expression;
}
export interface ScopeUnsetParams {
  name: VariableName;
  /**
   * Only when the variable has this version now; 0: only when there is none. Else `conflict`.
   */
  ifVersion?: number;
}
export interface ScopeUnsetResult {
  name: VariableName;
  /**
   * The version it had.
   */
  version: number;
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
    /**
     * True for some moments after the start, unless every layer is required: what the layers are is not known yet, and none is told.
     */
    proving: boolean;
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
export interface ServerStatusParams {}
export interface ServerStatusResult {
  /**
   * Seconds since the server began to listen.
   */
  uptimeSeconds: number;
  /**
   * Open connections.
   */
  connections: number;
  /**
   * Sessions, one for each connection that is served.
   */
  sessions: number;
  /**
   * Calls and typed lines without an answer, this one included.
   */
  callsInFlight: number;
  /**
   * Evaluations that wait for an evaluator.
   */
  queued: number;
  /**
   * Jailed processes by lane and state.
   */
  evaluators: {
    /**
     * `fast`, `slow`, or `spare` for those that wait to stand in.
     */
    lane: string;
    /**
     * What they are doing.
     */
    state: string;
    /**
     * How many.
     */
    count: number;
  }[];
  /**
   * Jailed processes started so far.
   */
  starts: number;
  /**
   * Jailed processes that were killed or died so far, by reason.
   */
  kills: {
    [k: string]: number;
  };
  /**
   * Of the server process.
   */
  memory: {
    /**
     * Resident memory of the server process, without the jailed ones.
     */
    rssBytes: number;
    /**
     * Heap in use.
     */
    heapBytes: number;
  };
}
export interface SessionCloseParams {}
export interface SessionCloseResult {
  nick?: Nick;
  /**
   * What the server says.
   */
  lastWords: string;
}
export interface SessionConfigureParams {
  number?: NumberKind;
  precision?: Precision;
  /**
   * False: `calc.evaluate` records nothing unless the call says `record: true`.
   */
  history?: boolean;
  implicit?: Implicit;
  events?: EventNames;
}
export interface SessionInfoParams {}
export interface SessionInfoResult {
  /**
   * Identity that owns the history and the quota.
   */
  principal: string;
  role: Role;
  settings: Settings;
  events: EventNames;
  limits: Limits;
  /**
   * Evaluations begun since the server came to know the principal.
   */
  calls: number;
  /**
   * Number of the newest history entry; 0 when there is none.
   */
  lastSeq: number;
  /**
   * Processor time; absent when the server sets no quota.
   */
  quota?: {
    /**
     * Used and not back yet, in milliseconds; above `cpuMs` it is a debt.
     */
    usedCpuMs: number;
    /**
     * What may be used within `windowMs`.
     */
    cpuMs: number;
    /**
     * Time in which `cpuMs` come back, steadily.
     */
    windowMs: number;
    /**
     * Milliseconds until all of it is back, if nothing is used.
     */
    resetsInMs: number;
  };
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
  nick?: Nick;
  number?: NumberKind;
  precision?: Precision;
  events?: EventNames;
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
  nick?: Nick;
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
export interface CancelParams {
  /**
   * The id of the call.
   */
  id: string | number | null;
  [k: string]: unknown;
}
export interface ProgressParams {
  token: ProgressToken;
  /**
   * Rows that are evaluated.
   */
  done: number;
  /**
   * Rows of the call.
   */
  total: number;
}
export interface ScopeChangedParams {
  changes: VariableChange[];
  /**
   * Not all changes are told here.
   */
  more?: true;
}
export interface ServerClosingParams {
  /**
   * Milliseconds the accepted calls get at most.
   */
  drainMs: number;
}
export interface SessionMissedParams {
  /**
   * How many were dropped.
   */
  events: number;
}
export type CalcCheckResult = Checked;
export type HistoryGetResult = Entry;
export type ScopeGetResult = HeldVariable;
export type ScopeSetResult = HeldVariable;
export type SessionConfigureResult = EffectiveSettings;

/** Parameters of each method, by name. */
export type ParamsByMethod = {
  "admin.clients": AdminClientsParams;
  "admin.drain": AdminDrainParams;
  "admin.kick": AdminKickParams;
  "admin.trace": AdminTraceParams;
  "calc.check": CalcCheckParams;
  "calc.complete": CalcCompleteParams;
  "calc.describe": CalcDescribeParams;
  "calc.evaluate": CalcEvaluateParams;
  "calc.evaluateRows": CalcEvaluateRowsParams;
  "calc.sample": CalcSampleParams;
  "history.clear": HistoryClearParams;
  "history.export": HistoryExportParams;
  "history.get": HistoryGetParams;
  "history.list": HistoryListParams;
  "history.verify": HistoryVerifyParams;
  "rpc.discover": RpcDiscoverParams;
  "scope.clear": ScopeClearParams;
  "scope.get": ScopeGetParams;
  "scope.list": ScopeListParams;
  "scope.set": ScopeSetParams;
  "scope.unset": ScopeUnsetParams;
  "server.info": ServerInfoParams;
  "server.ping": ServerPingParams;
  "server.status": ServerStatusParams;
  "session.close": SessionCloseParams;
  "session.configure": SessionConfigureParams;
  "session.info": SessionInfoParams;
  "session.open": SessionOpenParams;
};

/** Result of each method. */
export type ResultByMethod = {
  "admin.clients": AdminClientsResult;
  "admin.drain": AdminDrainResult;
  "admin.kick": AdminKickResult;
  "admin.trace": AdminTraceResult;
  "calc.check": CalcCheckResult;
  "calc.complete": CalcCompleteResult;
  "calc.describe": CalcDescribeResult;
  "calc.evaluate": CalcEvaluateResult;
  "calc.evaluateRows": CalcEvaluateRowsResult;
  "calc.sample": CalcSampleResult;
  "history.clear": HistoryClearResult;
  "history.export": HistoryExportResult;
  "history.get": HistoryGetResult;
  "history.list": HistoryListResult;
  "history.verify": HistoryVerifyResult;
  "rpc.discover": RpcDiscoverResult;
  "scope.clear": ScopeClearResult;
  "scope.get": ScopeGetResult;
  "scope.list": ScopeListResult;
  "scope.set": ScopeSetResult;
  "scope.unset": ScopeUnsetResult;
  "server.info": ServerInfoResult;
  "server.ping": ServerPingResult;
  "server.status": ServerStatusResult;
  "session.close": SessionCloseResult;
  "session.configure": SessionConfigureResult;
  "session.info": SessionInfoResult;
  "session.open": SessionOpenResult;
};

export type MethodName = keyof ParamsByMethod;

/** Params of each notification the server sends. */
export type ParamsByEvent = {
  "$/progress": ProgressParams;
  "scope.changed": ScopeChangedParams;
  "server.closing": ServerClosingParams;
  "session.missed": SessionMissedParams;
};
