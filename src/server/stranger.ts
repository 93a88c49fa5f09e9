/** What somebody is told who speaks another protocol: one answer in theirs. */

const ADVICE = "This port speaks JSON-RPC 2.0 and text lines.";

export function turnAway(kind: "http" | "tls"): string {
  if (kind === "tls") return `${ADVICE} It does not speak TLS.`;
  const head = "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close";
  const body = `${ADVICE} There is no HTTP gateway on this server.`;
  return `${head}\r\nContent-Length: ${body.length + 1}\r\n\r\n${body}`;
}
