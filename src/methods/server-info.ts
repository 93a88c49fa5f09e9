/** `server.info`: what this server is, what it allows, and which layers of its jail were seen to stand. */
import { announcedLimits } from "../config.ts";
import { FUNCTIONS, MATHJS, VERSION } from "../protocol/generated/about.ts";
import type { ServerInfoResult } from "../protocol/generated/types.ts";
import { METHOD_NAMES } from "../schema.ts";
import type { Call } from "./call.ts";

export function serverInfo(call: Call<unknown>): void {
  const { house } = call;
  const layers = house.evaluator.layers();
  const result: ServerInfoResult = {
    name: "canaduck",
    version: VERSION,
    node: process.version,
    mathjs: MATHJS,
    protocol: "2.0",
    methods: [...METHOD_NAMES],
    limits: announcedLimits(call.caller.limits),
    functions: FUNCTIONS,
    jail: { mode: house.config.jail, proving: layers.length === 0, layers: [...layers] },
    uptimeSeconds: Math.floor((Date.now() - house.startedAt) / 1000),
  };
  call.answer(result);
}
