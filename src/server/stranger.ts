/** What somebody is told who speaks another protocol: one answer, in theirs where it has words for it. */
import type { Stranger } from "../protocol/stranger.ts";

const ADVICE = "This port speaks JSON-RPC 2.0 and text lines.";

const ANSWERS: Readonly<Record<Stranger, string>> = {
  http: httpAnswer(`${ADVICE} There is no HTTP gateway on this server.`),
  tls: `${ADVICE} It does not speak TLS.`,
  redis: `-ERR ${ADVICE} It is no Redis server.\r`,
  smtp: `554 ${ADVICE} It takes no mail.\r`,
  // RFC 4253, 4.2: lines may stand before a server's version; a client shows them.
  ssh: `${ADVICE} It is no SSH server.\r`,
  proxy: `${ADVICE} It does not take the PROXY protocol.`,
  binary: `${ADVICE} It takes no binary protocol, and not the PROXY protocol.`,
};

/** The last line of the answer lacks its line feed, like every reply. */
export function turnAway(stranger: Stranger): string {
  return ANSWERS[stranger];
}

function httpAnswer(body: string): string {
  const head = "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close";
  return `${head}\r\nContent-Length: ${body.length + 1}\r\n\r\n${body}`;
}
