/** A ticket's line to the jail, and its answer in a line from there: in the short form or the long one, whichever it is. */
import { idOfToken } from "../jail/contract.ts";
import type { Answer } from "./evaluator.ts";
import type { Ticket } from "./lane.ts";
import { fitsRows, fitsValue, formatJob, type Heard, parseOutcome } from "./pipe.ts";
import { formatShort, readShort } from "./short-line.ts";

const OPEN_OBJECT = 0x7b;

/** True when all have the short form, which is ASCII. */
export function areShort(tickets: readonly Ticket[], isFast: boolean): boolean {
  return isFast && tickets.every(({ request }) => request.numbers !== undefined);
}

/**
 * The lines that ask, as bytes where a job has columns, which are bytes already: copied, because theirs are used again as soon as
 * the job is answered, and a jail may answer before it has read. `isFast`: for the fast lane, where what is not cheap is
 * deferred. `resultBytesMax`: what the jail was started with.
 */
export function formatLines(tickets: readonly Ticket[], isFast: boolean, resultBytesMax: number): string | Buffer {
  let text = "";
  const before: Buffer[] = [];
  for (const ticket of tickets) {
    const { columns } = ticket.request;
    const short = isFast ? formatShort(ticket, resultBytesMax) : undefined;
    const line = short ?? `${formatJob(ticket, isFast)}\n`;
    if (columns === undefined) text += line;
    else {
      before.push(Buffer.from(`${text}${line.slice(0, -2)},"columns":`), ...columns.json);
      text = "}\n";
    }
  }
  return before.length === 0 ? text : Buffer.concat([...before, Buffer.from(text)]);
}

/** The line without LF that stands in `bytes` at `at`, as the answer to this ticket; undefined when it is anything else. */
export function readAnswer(line: string, ticket: Ticket, isFast: boolean, bytes: Uint8Array, at: number): Answer | undefined {
  if (bytes[at] !== OPEN_OBJECT) {
    return isFast && ticket.request.numbers !== undefined ? readShort(line, ticket.token, bytes, at) : undefined;
  }
  const outcome = parseOutcome(line, bytes, at);
  return outcome?.id === idOfToken(ticket.token) && fits(outcome, ticket, isFast) ? outcome : undefined;
}

/** A check is not answered by a value, rows not by more than were asked, a value not unasked with its interpretation, nor is anything deferred outside the fast lane. */
function fits(outcome: Heard, { request }: Ticket, isFast: boolean): boolean {
  if (outcome.failure !== undefined) return true;
  if (request.kind === "check") return outcome.checked !== undefined;
  if (request.kind === "rows") return outcome.rows !== undefined && fitsRows(outcome.rows, request.columns?.rows ?? 0);
  if (outcome.value !== undefined) return fitsValue(outcome.value, request.explain);
  return outcome.deferred === true && isFast;
}
