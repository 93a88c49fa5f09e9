/**
 * Who comes to the wrong door, told by the first line or the first bytes of a connection. Each gets one answer and is closed:
 * were what they send taken for text, every line of it would be evaluated and answered.
 *
 * Only what no person begins with is on the list. `get x` of a memcached client may be an expression, so it is taken for one.
 */

/** `binary`: what begins with a byte no text begins with, such as PROXY version 2, SOCKS, PostgreSQL or Kafka. */
export const STRANGERS = ["http", "tls", "redis", "smtp", "ssh", "proxy", "binary"] as const;
export type Stranger = (typeof STRANGERS)[number];

const TLS_HANDSHAKE = 0x16;
const TLS_MAJOR_VERSION = 0x03;
const SOCKS_VERSIONS: readonly number[] = [4, 5];

/** By a whole first line. */
const LINES: readonly [Stranger, RegExp][] = [
  ["http", /^[a-z-]+ \S+ HTTP\/\d/i],
  ["redis", /^\*\d+\r?\n?$/],
  ["smtp", /^(?:EHLO|HELO|LHLO) \S+\r?\n?$/i],
  ["ssh", /^SSH-\d\.\d+-/],
  ["proxy", /^PROXY (?:TCP4|TCP6|UNKNOWN)[ \r\n]/],
];
// A request line longer than the limit never shows its "HTTP/1.1". The guess must err on the side of http: were it taken
// for text, every line of a web page's POST body would be evaluated.
const HTTP_METHOD = /^(?:GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH|PRI) /i;

/** Who says this first line, or the beginning of one that is over the limit; undefined when nobody we know. */
export function strangerByLine(line: string, isWhole: boolean): Stranger | undefined {
  if (!isWhole) return HTTP_METHOD.test(line) ? "http" : undefined;
  return LINES.find(([, form]) => form.test(line))?.[0];
}

/** Who begins with these bytes: the first, and the second once it is there. */
export function strangerByBytes(first: number, second: number | undefined): Stranger | undefined {
  if (first === 0) return "binary";
  if (second === undefined) return undefined;
  if (first === TLS_HANDSHAKE && second === TLS_MAJOR_VERSION) return "tls";
  return SOCKS_VERSIONS.includes(first) ? "binary" : undefined;
}

/** True of how a connection speaks, or of the only frame of one, when a stranger is at its other end. */
export function isStranger(word: string): word is Stranger {
  return STRANGERS.some((one) => one === word);
}
