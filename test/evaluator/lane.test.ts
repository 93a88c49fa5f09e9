import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { Lane, type LaneLimits, type Ticket } from "../../src/evaluator/lane.ts";

const wide: LaneLimits = { queueMax: 1_000, queuePerClientMax: 1_000, runningPerClientMax: 1_000 };
let lastId = 0;

function makeTicket(client: string, acceptedMs = 0): Ticket {
  lastId += 1;
  const request = { client, expression: "" };
  return {
    token: String(lastId),
    request,
    timeMs: 1,
    done: () => undefined,
    acceptedMs,
    us: 0,
    fell: false,
    crashes: 0,
    next: undefined,
  };
}

function fill(lane: Lane, client: string, count: number): Ticket[] {
  const tickets = Array.from({ length: count }, () => makeTicket(client));
  for (const ticket of tickets) lane.put(ticket);
  return tickets;
}

/** Takes and finishes one after the other; each costs what `costUs` says of its client. */
function serve(lane: Lane, count: number, costUs: Record<string, number>): Record<string, number> {
  const served: Record<string, number> = {};
  for (let index = 0; index < count; index += 1) {
    const ticket = lane.take();
    if (ticket === undefined) break;
    const { client } = ticket.request;
    served[client] = (served[client] ?? 0) + 1;
    lane.finish(ticket, costUs[client] ?? 0);
  }
  return served;
}

test("one client's jobs leave in the order they came", () => {
  const lane = new Lane(wide);
  const tickets = fill(lane, "a", 5);
  assert.deepEqual(
    tickets.map(() => lane.take()?.token),
    tickets.map(({ token }) => token),
  );
  assert.equal(lane.take(), undefined);
});

test("who comes second is served second, however long the first one's line is", () => {
  const lane = new Lane(wide);
  fill(lane, "a", 500);
  for (let index = 0; index < 10; index += 1) lane.take();
  const [b] = fill(lane, "b", 1);
  const next = [lane.take(), lane.take()];
  assert.ok(next.includes(b));
});

test("shares are equal in processor time, not in jobs", () => {
  const lane = new Lane(wide);
  fill(lane, "dear", 500);
  fill(lane, "cheap", 500);
  const { dear = 0, cheap = 0 } = serve(lane, 440, { dear: 1_000, cheap: 90 });
  assert.ok(Math.abs(cheap / dear - 1_010 / 100) < 1, `${cheap} cheap to ${dear} dear`);
});

test("absence earns nothing: a newcomer does not catch up on the past", () => {
  const lane = new Lane(wide);
  fill(lane, "old", 500);
  serve(lane, 300, { old: 1_000 });
  fill(lane, "new", 500);
  const { old = 0, new: fresh = 0 } = serve(lane, 100, { old: 1_000, new: 1_000 });
  assert.ok(Math.abs(old - fresh) <= 2, `${old} to ${fresh}`);
});

test("a client who burned and left is still behind when it comes back", () => {
  const lane = new Lane(wide);
  fill(lane, "burner", 1);
  fill(lane, "other", 100);
  serve(lane, 2, { burner: 100_000, other: 10 });
  lane.forget();
  fill(lane, "burner", 1);
  assert.deepEqual(serve(lane, 99, { other: 10 }), { other: 99 });
});

test("each bound refuses by its name, and what is put back is never refused", () => {
  const lane = new Lane({ queueMax: 3, queuePerClientMax: 2, runningPerClientMax: 9 });
  fill(lane, "a", 2);
  assert.equal(lane.put(makeTicket("a")), "queuePerClientMax");
  assert.equal(lane.put(makeTicket("b")), undefined);
  assert.equal(lane.put(makeTicket("c")), "queueMax");
  const back = makeTicket("a");
  lane.putBack(back);
  assert.equal(lane.size, 4);
  assert.ok([lane.take(), lane.take()].includes(back), "it stands at the head of its line");
});

test("a client never runs more at once than it may", () => {
  const lane = new Lane({ ...wide, runningPerClientMax: 2 });
  fill(lane, "a", 5);
  const first = lane.take();
  assert.ok(first !== undefined && lane.take() !== undefined);
  assert.equal(lane.take(), undefined);
  lane.finish(first, 10);
  assert.ok(lane.take());
  assert.equal(lane.take(), undefined);
});

test("old tickets expire from the heads of the lines, settled ones vanish without a word", () => {
  const lane = new Lane(wide);
  const cancelled = makeTicket("a", 1);
  cancelled.done = undefined;
  const [old, young] = [makeTicket("a", 2), makeTicket("a", 9)];
  for (const ticket of [cancelled, old, young]) lane.put(ticket);
  const expired: Ticket[] = [];
  lane.expire(5, (ticket) => expired.push(ticket));
  assert.deepEqual(expired, [old]);
  assert.equal(lane.size, 1);
  assert.equal(lane.take(), young);
});

test("clients who are gone are forgotten", () => {
  const lane = new Lane(wide);
  for (let index = 0; index < 100; index += 1) fill(lane, `client ${index}`, 1);
  serve(lane, 100, {});
  lane.forget();
  assert.equal(lane.clients, 0);
});

const step = fc.oneof(
  fc.record({ kind: fc.constant("put" as const), client: fc.constantFrom("a", "b", "c") }),
  fc.record({ kind: fc.constant("take" as const) }),
  fc.record({ kind: fc.constant("finish" as const), us: fc.nat(1_000) }),
  fc.record({ kind: fc.constant("putBack" as const) }),
  fc.record({ kind: fc.constant("cancel" as const), at: fc.nat() }),
  fc.record({ kind: fc.constant("expire" as const) }),
);

test("whatever happens, nothing is lost, nothing leaves twice, and the bounds hold", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), fc.integer({ min: 1, max: 3 }), (steps, runningPerClientMax) => {
      const lane = new Lane({ queueMax: 20, queuePerClientMax: 10, runningPerClientMax });
      const queued = new Set<Ticket>();
      const running: Ticket[] = [];
      for (const one of steps) {
        if (one.kind === "put") {
          const ticket = makeTicket(one.client);
          if (lane.put(ticket) === undefined) queued.add(ticket);
        } else if (one.kind === "take") {
          const mine = (client: string) => running.filter(({ request }) => request.client === client).length;
          const waiting = [...queued].filter(({ done, request }) => done && mine(request.client) < runningPerClientMax);
          const ticket = lane.take();
          assert.equal(ticket !== undefined, waiting.length > 0, "it serves exactly when somebody may be served");
          if (ticket === undefined) continue;
          assert.ok(queued.delete(ticket));
          running.push(ticket);
        } else if (one.kind === "finish" || one.kind === "putBack") {
          const ticket = running.shift();
          if (ticket === undefined) continue;
          lane.finish(ticket, one.kind === "finish" ? one.us : 0);
          if (one.kind === "putBack") {
            lane.putBack(ticket);
            queued.add(ticket);
          }
        } else if (one.kind === "cancel") {
          const ticket = [...queued][one.at % Math.max(1, queued.size)];
          if (ticket !== undefined) ticket.done = undefined;
        } else lane.expire(0, () => assert.fail("nothing is that old"));
      }
      const left: Ticket[] = [];
      lane.drain((ticket) => left.push(ticket));
      assert.deepEqual(new Set(left), new Set([...queued].filter(({ done }) => done !== undefined)));
      assert.equal(lane.size, 0);
    }),
  );
});
