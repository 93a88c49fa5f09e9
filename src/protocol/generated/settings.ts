/** Generated from `schemas/` by `scripts/generate.ts`; changes made here are lost. */
import type { Config } from "./types.ts";

export type SettingRow = {
  readonly kind: "integer" | "string" | "choice" | "list";
  readonly default: number | string | readonly string[];
  readonly choices?: readonly string[];
  /** What a string, or each item of a list, must match. */
  readonly pattern?: string;
  readonly minimum?: number;
  /** The ceiling: no operator may go beyond. */
  readonly maximum?: number;
  readonly unit?: string;
  readonly flag: string;
  readonly env: string;
  readonly placeholder: string;
  readonly reason: string;
  /** Told to peers as one of the server's limits. */
  readonly announced: boolean;
};

export const SETTINGS: { readonly [Name in keyof Config]: SettingRow } = {
  "listen": {"kind":"list","default":["tcp://127.0.0.1:7070"],"pattern":"^(tcp://.+:[0-9]{1,5}|unix:.+)$","flag":"--listen","env":"CANADUCK_LISTEN","placeholder":"URL","reason":"Where to listen, tcp://HOST:PORT or unix:PATH; may be given several times. Port 0 takes a free port. Loopback, because there are no tokens yet.","announced":false},
  "history": {"kind":"string","default":"sqlite:{state}/canaduck/history.db","pattern":"^(sqlite:.+|memory:)$","flag":"--history","env":"CANADUCK_HISTORY","placeholder":"URL","reason":"Where answers are kept: sqlite:PATH survives a power cut, memory: forgets at exit. {state} is $XDG_STATE_HOME or ~/.local/state.","announced":false},
  "jail": {"kind":"choice","default":"prefer","choices":["require","prefer","off"],"flag":"--jail","env":"CANADUCK_JAIL","placeholder":"MODE","reason":"What to do when a layer of the jail is missing: require refuses to start, prefer says so and goes on, off starts without the optional layers. All of them stand on Linux with bubblewrap only.","announced":false},
  "cacheDir": {"kind":"string","default":"{cache}/canaduck","flag":"--cache-dir","env":"CANADUCK_CACHE_DIR","placeholder":"DIR","reason":"Where the evaluator's start-up snapshot is kept. {cache} is $XDG_CACHE_HOME or ~/.cache.","announced":false},
  "logLevel": {"kind":"choice","default":"info","choices":["trace","debug","info","warn","error","fatal","silent"],"flag":"--log-level","env":"CANADUCK_LOG_LEVEL","placeholder":"LEVEL","reason":"How much the log on stderr says.","announced":false},
  "evaluators": {"kind":"integer","default":2,"minimum":1,"maximum":64,"unit":"processes","flag":"--evaluators","env":"CANADUCK_EVALUATORS","placeholder":"N","reason":"Jailed processes that work at the same time; at least two are started, one of them for expressions that are provably cheap, and a warm spare comes on top, and two for clients who are not known yet or burn.","announced":false},
  "frameBytesMax": {"kind":"integer","default":65536,"minimum":1024,"maximum":1048576,"unit":"bytes","flag":"--frame-bytes-max","env":"CANADUCK_FRAME_BYTES_MAX","placeholder":"N","reason":"Longest line: sixteen longest expressions. What is longer is skipped, never buffered.","announced":true},
  "messageDepthMax": {"kind":"integer","default":64,"minimum":8,"maximum":256,"unit":"levels","flag":"--message-depth-max","env":"CANADUCK_MESSAGE_DEPTH_MAX","placeholder":"N","reason":"Nesting of a message, counted before anything recursive sees it.","announced":true},
  "expressionBytesMax": {"kind":"integer","default":4096,"minimum":64,"maximum":32768,"unit":"bytes","flag":"--expression-bytes-max","env":"CANADUCK_EXPRESSION_BYTES_MAX","placeholder":"N","reason":"Longest expression; the parser's time grows with it.","announced":true},
  "depthMax": {"kind":"integer","default":100,"minimum":10,"maximum":500,"unit":"levels","flag":"--depth-max","env":"CANADUCK_DEPTH_MAX","placeholder":"N","reason":"Nesting of an expression: the parser and the evaluator recurse, and a stack ends.","announced":true},
  "nodesMax": {"kind":"integer","default":2000,"minimum":10,"maximum":20000,"unit":"nodes","flag":"--nodes-max","env":"CANADUCK_NODES_MAX","placeholder":"N","reason":"Parts of one expression.","announced":true},
  "elementsMax": {"kind":"integer","default":1000000,"minimum":100,"maximum":10000000,"unit":"elements","flag":"--elements-max","env":"CANADUCK_ELEMENTS_MAX","placeholder":"N","reason":"Elements of one matrix, range or list: a million numbers are 8 MB, more meets heapMb.","announced":true},
  "evaluateMs": {"kind":"integer","default":250,"minimum":10,"maximum":5000,"unit":"ms","flag":"--evaluate-ms","env":"CANADUCK_EVALUATE_MS","placeholder":"N","reason":"Time one evaluation may take before its process is killed; the work of a person's formula is under 10 ms.","announced":true},
  "heapMb": {"kind":"integer","default":128,"minimum":64,"maximum":2048,"unit":"MB","flag":"--heap-mb","env":"CANADUCK_HEAP_MB","placeholder":"N","reason":"JavaScript heap of one jailed process; mathjs itself needs about 30.","announced":true},
  "rssMb": {"kind":"integer","default":256,"minimum":96,"maximum":4096,"unit":"MB","flag":"--rss-mb","env":"CANADUCK_RSS_MB","placeholder":"N","reason":"Resident memory at which a jailed process is killed: heap, plus what typed arrays hold outside it.","announced":true},
  "resultBytesMax": {"kind":"integer","default":262144,"minimum":256,"maximum":4194304,"unit":"bytes","flag":"--result-bytes-max","env":"CANADUCK_RESULT_BYTES_MAX","placeholder":"N","reason":"Longest value as JSON; it is stored in the history, so it costs disk as well as network.","announced":true},
  "variablesMax": {"kind":"integer","default":256,"minimum":1,"maximum":4096,"unit":"variables","flag":"--variables-max","env":"CANADUCK_VARIABLES_MAX","placeholder":"N","reason":"Variables and functions one session may hold.","announced":true},
  "variablesBytesMax": {"kind":"integer","default":262144,"minimum":1024,"maximum":4194304,"unit":"bytes","flag":"--variables-bytes-max","env":"CANADUCK_VARIABLES_BYTES_MAX","placeholder":"N","reason":"Size of all variables of one session together, as stored.","announced":true},
  "callsInFlightMax": {"kind":"integer","default":256,"minimum":1,"maximum":4096,"unit":"calls","flag":"--calls-in-flight-max","env":"CANADUCK_CALLS_IN_FLIGHT_MAX","placeholder":"N","reason":"Unanswered calls of one connection; at the limit the server stops reading from it.","announced":true},
  "batchMax": {"kind":"integer","default":100,"minimum":1,"maximum":1000,"unit":"calls","flag":"--batch-max","env":"CANADUCK_BATCH_MAX","placeholder":"N","reason":"Items of one JSON-RPC batch; its answers are held until the last is there.","announced":true},
  "outputBytesSoftMax": {"kind":"integer","default":1048576,"minimum":4096,"maximum":67108864,"unit":"bytes","flag":"--output-bytes-soft-max","env":"CANADUCK_OUTPUT_BYTES_SOFT_MAX","placeholder":"N","reason":"Answers a connection may leave unread for outputSoftMs.","announced":true},
  "outputBytesHardMax": {"kind":"integer","default":8388608,"minimum":4096,"maximum":268435456,"unit":"bytes","flag":"--output-bytes-hard-max","env":"CANADUCK_OUTPUT_BYTES_HARD_MAX","placeholder":"N","reason":"Unread answers at which a connection is closed at once; larger than the largest result.","announced":true},
  "outputSoftMs": {"kind":"integer","default":10000,"minimum":100,"maximum":600000,"unit":"ms","flag":"--output-soft-ms","env":"CANADUCK_OUTPUT_SOFT_MS","placeholder":"N","reason":"How long a connection may stay above outputBytesSoftMax before it is closed.","announced":true},
  "frameMs": {"kind":"integer","default":10000,"minimum":100,"maximum":600000,"unit":"ms","flag":"--frame-ms","env":"CANADUCK_FRAME_MS","placeholder":"N","reason":"Time from the first to the last byte of a message; stops peers that write a byte a minute.","announced":true},
  "idleMs": {"kind":"integer","default":600000,"minimum":1000,"maximum":86400000,"unit":"ms","flag":"--idle-ms","env":"CANADUCK_IDLE_MS","placeholder":"N","reason":"Silence after which a connection is closed; a blank line is a keep-alive.","announced":true},
  "connectionsMax": {"kind":"integer","default":10000,"minimum":1,"maximum":100000,"unit":"connections","flag":"--connections-max","env":"CANADUCK_CONNECTIONS_MAX","placeholder":"N","reason":"Open connections in all.","announced":true},
  "connectionsPerAddressMax": {"kind":"integer","default":256,"minimum":1,"maximum":100000,"unit":"connections","flag":"--connections-per-address-max","env":"CANADUCK_CONNECTIONS_PER_ADDRESS_MAX","placeholder":"N","reason":"Open connections of one address that is not loopback.","announced":true},
  "anonymousKeptMs": {"kind":"integer","default":1800000,"minimum":1000,"maximum":31536000000,"unit":"ms","flag":"--anonymous-kept-ms","env":"CANADUCK_ANONYMOUS_KEPT_MS","placeholder":"N","reason":"How long the history and variables of a client without a token are kept after its last sign of life.","announced":true},
  "principalsKeptMax": {"kind":"integer","default":10000,"minimum":1,"maximum":1000000,"unit":"clients","flag":"--principals-kept-max","env":"CANADUCK_PRINCIPALS_KEPT_MAX","placeholder":"N","reason":"Clients whose variables are held in memory; past it those gone longest lose their variables, never their history.","announced":false},
  "queueMax": {"kind":"integer","default":16384,"minimum":1,"maximum":1000000,"unit":"calls","flag":"--queue-max","env":"CANADUCK_QUEUE_MAX","placeholder":"N","reason":"Calls that wait for an evaluator, of all clients; more could not be begun within queueMs.","announced":false},
  "queuePerClientMax": {"kind":"integer","default":1024,"minimum":1,"maximum":1000000,"unit":"calls","flag":"--queue-per-client-max","env":"CANADUCK_QUEUE_PER_CLIENT_MAX","placeholder":"N","reason":"Calls of one client that wait for an evaluator; leaves room for at least sixteen clients.","announced":true},
  "queueMs": {"kind":"integer","default":5000,"minimum":10,"maximum":600000,"unit":"ms","flag":"--queue-ms","env":"CANADUCK_QUEUE_MS","placeholder":"N","reason":"Time a call may wait before it is refused instead of begun.","announced":true},
  "penalMs": {"kind":"integer","default":10000,"minimum":100,"maximum":3600000,"unit":"ms","flag":"--penal-ms","env":"CANADUCK_PENAL_MS","placeholder":"N","reason":"How long a client whose work was killed, or used more than burnPercent, works behind the others; and how long newcomers from its address do.","announced":false},
  "burnPercent": {"kind":"integer","default":25,"minimum":1,"maximum":100,"unit":"percent","flag":"--burn-percent","env":"CANADUCK_BURN_PERCENT","placeholder":"N","reason":"Share of one processor that a client may use for long with work that is not provably cheap; who uses more works behind the others.","announced":false},
  "quotaCpuMs": {"kind":"integer","default":30000,"minimum":0,"maximum":3600000,"unit":"ms","flag":"--quota-cpu-ms","env":"CANADUCK_QUOTA_CPU_MS","placeholder":"N","reason":"Processor time one client may use within quotaWindowMs: half a processor for as long as it likes, ten times what a person or a busy script needs. 0 sets no quota.","announced":true},
  "quotaWindowMs": {"kind":"integer","default":60000,"minimum":1000,"maximum":86400000,"unit":"ms","flag":"--quota-window-ms","env":"CANADUCK_QUOTA_WINDOW_MS","placeholder":"N","reason":"Time in which quotaCpuMs of processor time come back; a minute, so that who was refused can go on soon.","announced":true},
  "appendsMax": {"kind":"integer","default":16384,"minimum":16,"maximum":1000000,"unit":"entries","flag":"--appends-max","env":"CANADUCK_APPENDS_MAX","placeholder":"N","reason":"Entries that wait for the disk, of all clients; at the limit calls get server_busy, calls with record: false go on.","announced":false},
  "drainMs": {"kind":"integer","default":10000,"minimum":0,"maximum":600000,"unit":"ms","flag":"--drain-ms","env":"CANADUCK_DRAIN_MS","placeholder":"N","reason":"Time calls in flight get to finish after the first SIGTERM.","announced":false},
};
