/** `admin.clients`: who is connected, a page at a time. */
import type { AdminClientsParams, AdminClientsResult } from "../protocol/generated/types.ts";
import type { Call } from "./call.ts";

const LIMIT_DEFAULT = 100;

export function adminClients(call: Call<AdminClientsParams>): void {
  const { after = 0, limit = LIMIT_DEFAULT } = call.params;
  const { clients } = call.house;
  const found = clients.list(after, limit + 1);
  const result: AdminClientsResult = { clients: found.slice(0, limit), open: clients.count, more: found.length > limit };
  call.answer(result);
}
