/**
 * What `ans` and `$3` stand for: the last result of the session, and the result of history entry 3.
 *
 * Called when no earlier call of the principal is unanswered, so both are settled. An entry that is missing, or that is an
 * error, is left out: the jail then answers `unknown_symbol` at its place.
 */
import type { Value } from "../jail/contract.ts";
import type { House } from "./call.ts";
import { entryAt } from "./entry.ts";
import type { Principal } from "./principal.ts";
import { storedJson } from "./stored-json.ts";

const ENTRIES = /\$(\d{1,15})/g;
/** Entries one expression may name; more are left unknown. */
const ENTRIES_MAX = 16;

/**
 * The stored texts by name. Rejects when the history cannot be read, which is not the same as having no such entry.
 * `answer`: of the principal, taken in the turn in which the call was let in. Plain calls behind it are answered meanwhile.
 */
export async function recall(
  house: House,
  principal: Principal,
  expression: string,
  answer: Principal["answer"],
): Promise<Record<string, string>> {
  const recalled: Record<string, string> = Object.create(null);
  if (answer !== undefined) recalled["ans"] = storedJson(answer.value);
  const numbers = [...new Set([...expression.matchAll(ENTRIES)].map((match) => Number(match[1])))].slice(0, ENTRIES_MAX);
  if (numbers.length === 0) return recalled;
  await new Promise<void>((resolve) => principal.appends.whenAnswered(resolve));
  await Promise.all(numbers.map((seq) => recallEntry(house, principal, seq, recalled)));
  return recalled;
}

async function recallEntry(house: House, principal: Principal, seq: number, recalled: Record<string, string>): Promise<void> {
  const entry = await entryAt(house.history, principal.ledger.id, seq);
  if (entry === undefined || entry.failed) return;
  const outcome: Pick<Value, "value"> = JSON.parse(entry.outcome);
  recalled[`$${seq}`] = storedJson(outcome.value);
}
