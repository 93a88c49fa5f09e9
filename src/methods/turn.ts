/**
 * Work of a method that has its place in the order of the caller's calls: it begins when the calls before it allow, and the
 * calls after it wait as its nature demands.
 */
import { RpcError } from "../protocol/errors.ts";
import type { Call } from "./call.ts";
import type { Nature } from "./nature.ts";
import type { Principal } from "./principal.ts";
import { readRefusal } from "./refusal.ts";

/** Answers the call with what `work` gives, or with what it throws. */
export function inTurn(call: Call<unknown>, nature: Nature, work: (principal: Principal) => unknown): void {
  const principal = call.caller.principal();
  const askedMs = performance.now();
  principal.used = true;
  principal.scope.enter(nature, () => {
    void answer(call, askedMs, () => work(principal)).finally(() => principal.scope.leave(nature));
  });
}

async function answer(call: Call<unknown>, askedMs: number, work: () => unknown): Promise<void> {
  const { queueMs } = call.house.config;
  try {
    // The calls before it took too long: whoever asked has given up by now.
    if (performance.now() - askedMs > queueMs) {
      throw new RpcError("request_timeout", { limit: { name: "queueMs", value: queueMs }, retryAfterMs: 0 });
    }
    call.answer(await work());
  } catch (error) {
    call.broken(readRefusal(error));
  }
}
