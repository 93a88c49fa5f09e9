/** A ticket's line to the jail, and its answer in a line from there: in the short form or the long one, whichever it is. */
import { idOfToken, type Outcome } from "../jail/contract.ts";
import type { Answer } from "./evaluator.ts";
import type { Ticket } from "./lane.ts";
import { fitsRows, formatJob, parseOutcome } from "./pipe.ts";
import { formatShort, readShort } from "./short-line.ts";

const OPEN_OBJECT = 0x7b;

/**
 * The line that asks, with its LF. `isFast`: for the fast lane, where what is not cheap is deferred. `resultBytesMax`: what the
 * jail was started with.
 */
export function formatLine(ticket: Ticket, isFast: boolean, resultBytesMax: number): string {
  const short = isFast ? formatShort(ticket, resultBytesMax) : undefined;
  return short ?? `${formatJob(ticket, isFast)}\n`;
}

/** The line without LF that stands in `bytes` at `at`, as the answer to this ticket; undefined when it is anything else. */
export function readAnswer(line: string, ticket: Ticket, isFast: boolean, bytes: Uint8Array, at: number): Answer | undefined {
  if (bytes[at] !== OPEN_OBJECT) {
    return isFast && ticket.request.numbers !== undefined ? readShort(line, ticket.token, bytes, at) : undefined;
  }
  const outcome = parseOutcome(line);
  return outcome?.id === idOfToken(ticket.token) && fits(outcome, ticket, isFast) ? outcome : undefined;
}

/** A check is not answered by a value, rows not by more than were asked, nor is anything deferred outside the fast lane. */
function fits(outcome: Outcome, { request }: Ticket, isFast: boolean): boolean {
  if (outcome.failure !== undefined) return true;
  if (request.kind === "check") return outcome.checked !== undefined;
  if (request.kind === "rows") return outcome.rows !== undefined && fitsRows(outcome.rows, request.columns);
  return outcome.value !== undefined || (outcome.deferred === true && isFast);
}
