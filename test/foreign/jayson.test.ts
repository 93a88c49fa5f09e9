/** The TCP client of jayson, unmodified: a connection for each call. */
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { after, test } from "node:test";
import type { Client as ClientType } from "jayson";
import { start } from "../system/running.ts";
import { Relay } from "./relay.ts";

const { Client }: { Client: typeof ClientType } = createRequire(import.meta.url)("jayson");

const running = await start();
after(() => running.close());

test("results, errors, notifications and batches", async () => {
  const relay = await Relay.open(running.port);
  const client = Client.tcp({ port: relay.port, host: "127.0.0.1" });
  const call = (method: string, params: object | unknown[], id?: string | null) =>
    new Promise<unknown>((resolve, reject) => {
      const done = (error: unknown, reply: unknown) => (error ? reject(error) : resolve(reply));
      if (id === undefined) client.request(method, params, done);
      else client.request(method, params, id, done);
    });
  const text = (reply: unknown) => Object(reply).result.text;
  assert.equal(text(await call("calc.evaluate", { expression: "6 * 7" }, "one")), "42");
  assert.equal(text(await call("calc.evaluate", ["2 inch to cm"])), "5.08 cm");
  assert.equal(Object(await call("calc.evaluate", ["sqr(2)"], "three")).error.code, 1003);
  assert.equal(Object(await call("nothing.of.the.kind", [], "four")).error.code, -32601);
  assert.equal(await call("server.ping", [], null), undefined);
  const batch = [client.request("server.ping", { echo: "é" }, "a"), client.request("calc.evaluate", ["1 +"], "b")];
  const replies = await new Promise<unknown>((resolve, reject) => {
    client.request(batch, (error: unknown, reply: unknown) => (error ? reject(error) : resolve(reply)));
  });
  assert.ok(Array.isArray(replies) && replies.length === 2);
  await relay.close("jayson");
});
