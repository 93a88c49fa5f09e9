/** `admin.drain`: the server answers what it has accepted, then ends. Begins after this call is answered. */
import type { Call } from "./call.ts";

export function adminDrain(call: Call<unknown>): void {
  const { clients, config } = call.house;
  call.answer({ drainMs: config.drainMs, connections: clients.count });
  clients.drain();
}
