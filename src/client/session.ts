/** What `session.open` told, and how to come back to it. */
import { asObject } from "./exchange.ts";
import type { SessionFacts, SessionOptions } from "./options.ts";

/** Undefined when the server told no session. */
export function readSession(result: unknown): SessionFacts | undefined {
  const { principal, resumeToken, resumed, lastSeq, settings } = asObject(result) ?? {};
  const isToken = resumeToken === undefined || typeof resumeToken === "string";
  if (typeof principal !== "string" || !isToken || typeof lastSeq !== "number") return undefined;
  return { principal, resumeToken, resumed: resumed === true, lastSeq, settings };
}

/** How to open the same session on the next connection. */
export function sessionAfter(session: SessionOptions, { resumeToken }: SessionFacts): SessionOptions {
  // A session without a resume token came by a token, which is the way back.
  return { ...session, ...(resumeToken !== undefined && { resume: resumeToken }) };
}
