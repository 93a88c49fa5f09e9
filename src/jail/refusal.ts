/**
 * How a guard of the jail says no in the middle of an evaluation: thrown by `gate.ts` and `sizes.ts`, through mathjs's own
 * code, and unpacked again by `failure.ts`. Nothing outside the jail ever sees one.
 */
import type { Failure } from "./contract.ts";

/** A failure on its way out of an evaluation. It never leaves the jail as an exception: `failure.ts` unpacks it. */
export class Refusal extends Error {
  readonly failure: Failure;
  /** The function or operator that was refused its arguments. */
  readonly about: string | undefined;

  constructor(failure: Failure, about?: string) {
    super(failure.detail ?? failure.name);
    this.name = "Refusal";
    this.failure = failure;
    this.about = about;
    last.refusal = this;
  }
}

/** mathjs rethrows what a callback throws as an error of its own, of which only the message is left. */
const last: { refusal: Refusal | undefined } = { refusal: undefined };

/** The refusal of the current job that `message` was made from, if it was. */
export function refusalBehind(message: string): Refusal | undefined {
  return last.refusal !== undefined && message.endsWith(last.refusal.message) ? last.refusal : undefined;
}

/** Forgets the refusals of the job before. */
export function forgetRefusals(): void {
  last.refusal = undefined;
}

/** Throws what a name gets that leads from a value to the engine (`isUnsafeName`). */
export function refuseUnsafeName(): never {
  throw new Refusal({ name: "access_refused", detail: "This name is reserved" });
}

/** Throws unless `used` is within the limit. A `used` beyond what JSON can say is left out. */
export function requireWithin(
  name: "memory_limit" | "too_deep" | "too_many_nodes",
  limit: string,
  value: number,
  used: number,
  about?: string,
): void {
  if (used <= value) return;
  throw new Refusal(
    { name, limit: Number.isFinite(used) ? { name: limit, value, used: Math.ceil(used) } : { name: limit, value } },
    about,
  );
}
