/**
 * What proves each sentence of docs/PROTOCOL.md on frames, messages and sessions: clauses of the corpus, or tests where the
 * corpus cannot reach, each by its file and words of its title. `clauses.test.ts` holds both sides to it.
 */

/** Sentences as they stand on the page, on one line, by section; a sentence without a proof says why it needs none. */
export const PROOFS: Readonly<Record<string, readonly (readonly [sentence: string, ...proofs: string[]])[]>> = {
  Frames: [
    [
      "The first bytes of a connection decide how it speaks until it is closed:",
      "PROTOCOL.md, Frames: JSON, one message a line",
      "PROTOCOL.md, Frames: anything else is text",
    ],
    [
      "| `{` or `[` | JSON-RPC 2.0, one message a line, ended by LF or CRLF |",
      "PROTOCOL.md, Frames: JSON, one message a line",
      "PROTOCOL.md, Frames: NUL bytes",
      "PROTOCOL.md, Frames: packets do not matter",
    ],
    [
      "| `Content-Length:` (any case) | JSON-RPC 2.0 with header framing as in the Language Server Protocol |",
      "PROTOCOL.md, Frames: Content-Length",
    ],
    ["| an HTTP request line | nothing: one HTTP 400, then closed |", "PROTOCOL.md, Frames: an HTTP request line"],
    [
      "| a TLS ClientHello | nothing on a `tcp://` address: one line that says so, then closed |",
      "PROTOCOL.md, Frames: a TLS ClientHello on a plain port",
    ],
    [
      "| `*1` and such of Redis, `EHLO` or `HELO` of mail, a version of SSH | nothing: one line that says so in that protocol, then closed |",
      "PROTOCOL.md, Frames: Redis, mail and SSH",
    ],
    [
      "| `PROXY TCP4` and such; NUL; what SOCKS begins with | nothing: one line that says so, then closed |",
      "PROTOCOL.md, Frames: PROXY, NUL and SOCKS",
    ],
    [
      "| anything else | text, for people |",
      "PROTOCOL.md, Frames: anything else is text",
      "PROTOCOL.md, Text mode: expressions",
      "PROTOCOL.md, Text mode: commands",
      "PROTOCOL.md, Text mode: control characters are never echoed",
      "RFC 854, Telnet: negotiation",
    ],
    [
      "A `tls://` address speaks all of these inside TLS 1.2 or later, and nothing else: plain text gets one line that says so, then the end.",
      "test/wire/stages.ts: tls://127.0.0.1:0",
      "test/transport/tls.test.ts: over TLS 1.2 and 1.3",
      "test/transport/tls.test.ts: who speaks plain text on a TLS port",
    ],
    ["The server says nothing before it has been spoken to.", "PROTOCOL.md, Frames: a blank line is a keep-alive"],
    ["Every reply is one line, UTF-8, ended by LF.", "JSON-RPC 2.0, 5 Response object", "PROTOCOL.md, Frames: UTF-8"],
    ["A blank line is a keep-alive.", "PROTOCOL.md, Frames: a blank line is a keep-alive"],
    [
      "A last line without LF is processed at end of file, and half-close works: answers still come.",
      "PROTOCOL.md, Frames: half-close",
    ],
    [
      "A line longer than `frameBytesMax` is answered with `request_too_large` and id null; the rest of it is skipped and the connection lives on.",
      "PROTOCOL.md, Frames: an over-long line",
      "PROTOCOL.md, Frames: an over-long message",
      "PROTOCOL.md, Messages: the connection lives on after an error",
    ],
    [
      "With header framing an untrustworthy length closes the connection after the error.",
      "PROTOCOL.md, Frames: an untrustworthy length closes the connection",
    ],
    [
      "At `callsInFlightMax` unanswered calls the server stops reading from the connection until some are answered.",
      "PROTOCOL.md, First limits: calls in flight",
      "test/system/pressure.test.ts: call slots were all taken",
    ],
    [
      "A client that does not read its answers is disconnected (`outputBytesSoftMax`, `outputBytesHardMax`).",
      "test/system/pressure.test.ts: who never reads is cut after a while",
      "test/system/limits.test.ts: outputBytesHardMax cuts who does not read",
    ],
    [
      "What is no request is answered at once.",
      "test/server/patience.test.ts: a call behind lines that are refused is answered with them",
    ],
    [
      "Who sends more than `refusedFramesMax` of it in a second is not read from for a while, `refusedPauseMs` at most.",
      "test/server/patience.test.ts: over refusedFramesMax, who pours",
      "test/server/patience.test.ts: the pause is no longer than refusedPauseMs",
    ],
  ],
  Messages: [
    [
      'A request has `jsonrpc: "2.0"`, `method`, optionally `params` and `id`.',
      "JSON-RPC 2.0, 4 Request object: jsonrpc",
      "JSON-RPC 2.0, 4 Request object: method",
      "JSON-RPC 2.0, 3 Conventions",
      "JSON-RPC 2.0, 8 Extensions",
      "JSON-RPC 2.0, 7 Examples",
    ],
    [
      "Without `id` it is a notification: it never gets a reply, not even an error.",
      "JSON-RPC 2.0, 4.1 Notification",
      "PROTOCOL.md, Messages: no id, never a reply",
    ],
    [
      "An `id` is a string, a number or null, and comes back byte for byte, also above 2^53.",
      "JSON-RPC 2.0, 4 Request object: id",
      "PROTOCOL.md, Messages: an id comes back byte for byte",
    ],
    [
      "`params` is an object, or an array in the order of the tables below.",
      "JSON-RPC 2.0, 4 Request object: params",
      "JSON-RPC 2.0, 4.2 Parameter structures",
      "PROTOCOL.md, Messages: params",
      "test/system/examples.test.ts: by position",
      "test/system/params.test.ts: of the wrong type, with its place",
    ],
    [
      "Unknown names are refused with a suggestion.",
      "PROTOCOL.md, Messages: params",
      "PROTOCOL.md, Errors: names, codes and data",
      "test/system/params.test.ts: one nobody knows",
    ],
    [
      "Answers come in the order they are ready; a pipelining client matches them by `id`.",
      "PROTOCOL.md, Messages: answers come in the order they are ready",
    ],
    [
      "Two calls in flight with one `id` on one connection: the second is refused.",
      "PROTOCOL.md, Messages: two calls in flight with one id",
    ],
    [
      "A batch is an array of at most `batchMax` messages; its answer is one array without the notifications, or nothing at all when it held notifications only.",
      "JSON-RPC 2.0, 6 Batch",
      "PROTOCOL.md, Messages: a batch",
      "PROTOCOL.md, First limits: batch",
    ],
    ["`[]` is one `invalid_request`.", "JSON-RPC 2.0, 6 Batch"],
    [
      "A reply, or all replies of a batch together, longer than `replyBytesMax` is replaced by `response_too_large`, or in a batch by `batch_response_too_large` under the ids it concerns: what those calls did stands.",
      "test/system/limits.test.ts: replies over replyBytesMax",
    ],
    [
      "`calc.evaluateRows` may have a line of `rowsFrameBytesMax` when `method` stands before `params`.",
      "test/system/limits.test.ts: a line of rows over rowsFrameBytesMax",
    ],
    [
      "Of such a line, what is beside the lists of its table must fit `frameBytesMax`, and so must each of its `rows`.",
      "test/system/limits.test.ts: what a long line is made of",
    ],
    [
      "The server may send notifications of its own, see below; a client that does not know one ignores it.",
      "PROTOCOL.md, Notifications: $/cancelRequest",
      "PROTOCOL.md, Notifications: $/progress",
      "test/system/rows.test.ts: progress is told when asked",
    ],
    [
      "None is sent to a connection that leaves its answers unread; it is told by `session.missed` how many those were, once it reads again.",
      "test/server/notices.test.ts: who does not read is told how many events it has missed",
    ],
    ["Of duplicate keys in an object the last wins.", "PROTOCOL.md, Messages: of duplicate keys the last wins"],
    [
      "Invalid UTF-8 is `parse_error`.",
      "PROTOCOL.md, Frames: UTF-8",
      "JSON-RPC 2.0, 5.1 Error object: -32700 Parse error",
      "test/wire/json.test.ts: is not JSON",
    ],
    [
      "Nesting beyond `messageDepthMax` is `request_too_large`.",
      "PROTOCOL.md, Messages: nesting beyond messageDepthMax",
      "PROTOCOL.md, First limits: depth of a message",
    ],
    [
      "A response sent to the server is ignored, and so are extra members beside `method` and `params`.",
      "PROTOCOL.md, Messages: a response sent to the server is ignored",
      "PROTOCOL.md, Messages: extra members are ignored",
      "PROTOCOL.md, Messages: __proto__ is an ordinary key and harmless",
    ],
    ["Numbers whose digits matter are strings in results.", "PROTOCOL.md, Messages: numbers"],
    ["Later versions may add members to results and errors: ignore those you do not know."],
  ],
  "Sessions, variables, retries": [
    [
      "Every connection has a session; `session.open` is only needed to choose a number system or to come back.",
      "PROTOCOL.md, Methods: session.open",
      "PROTOCOL.md, Methods: server.ping",
      "PROTOCOL.md, Methods: rpc.discover",
    ],
    [
      "The client's identity (*principal*) owns its history; `resumeToken` finds both again on another connection, and after a server restart.",
      "test/system/remembering.test.ts: a history is found again after the server was stopped",
      "test/system/typing.test.ts: /resume finds the history and the variables again",
    ],
    [
      "With `token` in `session.open` the client is that of the token: the same history and variables on every connection, the limits of its role in the answer.",
      "test/system/access.test.ts: a token's client is the same on every connection and after a restart",
      "test/system/access.test.ts: the limits told are those of the role, and each of them binds",
      "test/system/quota.test.ts: the quota is that of the role",
    ],
    [
      "A token's role decides what may be called: each method says the least role it wants (`nobody` may be called by everybody, `anyone` where the server serves the anonymous).",
      "test/system/access.test.ts: a method of a higher role is forbidden",
      "test/system/access.test.ts: where the anonymous are refused they may ping",
    ],
    ["Send nothing else before the answer is there."],
    [
      "When a token is revoked its sessions are not cut; their next call is `unauthenticated`, until `session.open` brings another token.",
      "test/system/access.test.ts: a revoked token's session is cut from nothing but its next call",
    ],
    [
      "After several wrong tokens from an address none is looked at for a while: `unauthenticated` with `retryAfterMs`.",
      "test/system/throttling.test.ts: many connections guess no more than one",
      "test/system/throttling.test.ts: guesses from many addresses",
    ],
    [
      "`x = 3` and `f(t) = t^2 + x` stay in the session for later calls.",
      "test/system/calculating.test.ts: variables and functions live across calls",
      "PROTOCOL.md, First limits: variables per session",
    ],
    [
      "`ans` is the last result, `$3` the result of entry 3.",
      "PROTOCOL.md, Text mode: expressions",
      "test/system/calculating.test.ts: ans is the last result",
    ],
    [
      "Each variable has a `version`, which grows with every change and is never used twice.",
      "test/system/variables.test.ts: version 0 means there is none, and no version comes back",
    ],
    [
      "`scope.set` and `scope.unset` with `ifVersion` are compare-and-set: when somebody was faster the answer is `conflict`, with what the variable holds now in `error.data.current`.",
      "test/system/variables.test.ts: of calls that saw the same version exactly one wins",
    ],
    [
      "A connection that asks for `events` of `scope.changed`, by `session.configure` or `session.open`, is told what other connections of its client did to the variables.",
      "PROTOCOL.md, Sessions: events",
      "test/system/changes.test.ts: what one connection assigns, sets and removes the other is told of",
      "test/system/changes.test.ts: nobody is told who did not ask",
    ],
    [
      "Calls of one client take effect in the order they were sent, also when they are answered in another: a call sees what all calls sent before it assigned, set or removed.",
      "test/system/variables.test.ts: calls sent in one packet see what those before them did",
      "PROTOCOL.md, Messages: a batch",
    ],
    [
      "A reply that carries `seq` is on disk: it survives a power cut.",
      "test/system/remembering.test.ts: kill -9 of the server loses nothing that carried a seq",
    ],
    [
      "`seq` counts 1, 2, 3, … in each history without a hole.",
      "test/client/repeating.test.ts: each calculation is in the history exactly once, in order",
    ],
    [
      "`history.clear` removes entries from the beginning; their numbers are not used again, and their keys are free.",
      "test/history/contract.ts: clear removes the older entries; numbers go on, keys are free",
    ],
    ["No reply means unknown."],
    [
      "A call with `key` may be sent again without harm: the stored outcome comes back with `replayed: true`, in `error.data` when it was a failure.",
      "PROTOCOL.md, Sessions: keys",
    ],
    [
      "`key` belongs to the history, not to the connection; the request `id` is not a key.",
      "PROTOCOL.md, Sessions: keys",
      "test/system/calculating.test.ts: the same key and request answers the stored outcome",
    ],
    [
      "With `explain` the result of `calc.evaluate` tells in `interpretation` how the expression was read, every bracket written out.",
      "PROTOCOL.md, Sessions: explain",
      "test/system/explaining.test.ts: an explained result carries the interpretation calc.check gives",
    ],
    [
      "There is no locale: a number has a decimal point, in expressions and in results, so that each answer can be typed again.",
      "PROTOCOL.md, Sessions: no locale",
    ],
    [
      "With `implicit: false` in `session.configure` a product needs its sign: `price qty` is a `syntax_error` at its place.",
      "PROTOCOL.md, Sessions: implicit multiplication",
      "test/system/sessions.test.ts: implicit: false refuses a product without its sign",
    ],
    ["A number with its unit, as in `2 inch`, stays one quantity.", "PROTOCOL.md, Sessions: implicit multiplication"],
    [
      "`error.data.retryable` is true when the same request may succeed later, after `retryAfterMs` when that is given.",
      "test/system/quota.test.ts: until there is room",
    ],
  ],
};

/** Clauses of the corpus on what other pages say: docs/CONFIG.md has the limits. */
export const ELSEWHERE = /^PROTOCOL\.md, First limits: /;
