/**
 * The server's numbers as Prometheus reads them. The one file that knows prom-client.
 *
 * Nothing here runs while calls are served: every number lies in the tally or is asked of its owner, and becomes text when
 * somebody scrapes. No label carries anything a peer wrote.
 */
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { VERSION } from "../protocol/generated/about.ts";
import type { Desk } from "./dispatch.ts";
import type { Sessions } from "./sessions.ts";
import { BOUNDS_MS, type Durations } from "./tally.ts";

export type Exporter = { readonly contentType: string; render(): Promise<string> };

type Labels = Record<string, string>;
type Sample = readonly [labels: Labels, value: number];

/** `labels` are names; `read` gives the values at the time of a scrape. */
type Define<V> = (name: string, help: string, labels: string[], read: () => Iterable<V>) => void;

type Shelf = { gauge: Define<Sample>; counter: Define<Sample>; histogram: Define<readonly [Labels, Durations]> };

export function openMetrics(desk: Desk, sessions: Sessions): Exporter {
  const registry = new Registry();
  const shelf = openShelf(registry);
  defineCalls(shelf, desk);
  defineConnections(shelf, desk, sessions);
  defineEvaluator(shelf, desk);
  defineHistory(shelf, desk);
  defineProcess(shelf, desk);
  return { contentType: registry.contentType, render: () => registry.metrics() };
}

function openShelf(registry: Registry): Shelf {
  const registers = [registry];
  return {
    gauge(name, help, labelNames, read) {
      const gauge: Gauge = new Gauge({
        ...{ name, help, labelNames, registers },
        collect: () => {
          gauge.reset();
          for (const [labels, value] of read()) gauge.set(labels, value);
        },
      });
    },
    counter(name, help, labelNames, read) {
      const counter: Counter = new Counter({
        ...{ name, help, labelNames, registers },
        collect: () => {
          counter.reset();
          for (const [labels, value] of read()) counter.inc(labels, value);
        },
      });
    },
    histogram(name, help, labelNames, read) {
      const empty = new Histogram({ name, help, labelNames, registers: [] });
      // Durations are counted already; prom-client only prints them.
      const values = () => [...read()].flatMap(([labels, durations]) => bucketsOf(name, labels, durations));
      const getForPromString = async () => ({ name, help, type: "histogram", values: values() });
      registry.registerMetric(Object.assign(empty, { getForPromString }));
    },
  };
}

function bucketsOf(name: string, labels: Labels, { counts, sumMs }: Durations) {
  let count = 0;
  const buckets = [...counts].map((inBucket, at) => {
    count += inBucket;
    const bound = BOUNDS_MS[at];
    return { metricName: `${name}_bucket`, labels: { ...labels, le: bound === undefined ? "+Inf" : bound / 1000 }, value: count };
  });
  return [
    ...buckets,
    { metricName: `${name}_sum`, labels, value: sumMs / 1000 },
    { metricName: `${name}_count`, labels, value: count },
  ];
}

function defineCalls({ gauge, histogram }: Shelf, { tally }: Desk): void {
  const name = "canaduck_call_duration_seconds";
  histogram(name, "From dispatch to reply, by method and outcome (ok, or the error's name)", ["method", "outcome"], function* () {
    for (const [method, outcomes] of tally.durations) {
      for (const [outcome, durations] of outcomes) yield [{ method, outcome }, durations];
    }
  });
  gauge("canaduck_calls_in_flight", "Calls not answered yet", [], () => [[{}, tally.callsInFlight]]);
}

function defineConnections({ gauge, counter }: Shelf, { tally }: Desk, sessions: Sessions): void {
  gauge("canaduck_connections_open", "Open connections, by how they speak", ["dialect"], () => {
    const count = new Map<string, number>();
    for (const { dialect } of sessions.connections) count.set(dialect, (count.get(dialect) ?? 0) + 1);
    return labelled("dialect", count);
  });
  const sum = (closed: number, direction: "bytesIn" | "bytesOut"): Sample[] => {
    let bytes = closed;
    for (const connection of sessions.connections) bytes += connection[direction];
    return [[{}, bytes]];
  };
  counter("canaduck_received_bytes_total", "Bytes received from peers", [], () => sum(tally.bytesIn, "bytesIn"));
  counter("canaduck_sent_bytes_total", "Bytes sent to peers", [], () => sum(tally.bytesOut, "bytesOut"));
  counter("canaduck_connections_closed_total", "Connections closed, by reason", ["reason"], () =>
    labelled("reason", tally.connectionsClosed),
  );
  counter("canaduck_frames_refused_total", "Frames and messages that were no request, by reason", ["reason"], () =>
    labelled("reason", tally.framesRefused),
  );
}

function defineEvaluator({ gauge, counter }: Shelf, { house: { evaluator, memo } }: Desk): void {
  gauge("canaduck_evaluator_workers", "Jailed processes, by lane and state", ["lane", "state"], () => {
    const count = new Map<string, number>();
    const { workers } = evaluator.status();
    for (const { lane, state } of workers) count.set(`${lane} ${state}`, (count.get(`${lane} ${state}`) ?? 0) + 1);
    return [...count].map(([key, value]): Sample => {
      const [lane = "", state = ""] = key.split(" ");
      return [{ lane, state }, value];
    });
  });
  gauge("canaduck_evaluator_queue_length", "Calls that wait for an evaluator", [], () => [[{}, evaluator.status().queued]]);
  counter("canaduck_evaluator_starts_total", "Jailed processes started", [], () => [[{}, evaluator.status().starts]]);
  counter("canaduck_evaluator_kills_total", "Jailed processes that ended, by reason", ["reason"], () =>
    labelled("reason", Object.entries(evaluator.status().kills)),
  );
  counter("canaduck_memo_lookups_total", "Calls whose result might be remembered, by whether it was", ["outcome"], () =>
    labelled("outcome", [
      ["hit", memo.hits],
      ["miss", memo.misses],
    ]),
  );
  gauge("canaduck_jail_layer_stands", "1 when the layer of the jail was seen to stand", ["layer"], () =>
    evaluator.layers().map(({ id, stands }): Sample => [{ layer: id }, stands ? 1 : 0]),
  );
}

function defineHistory({ gauge, histogram }: Shelf, { tally }: Desk): void {
  gauge("canaduck_history_appends_waiting", "Entries that wait for their commit", [], () => [[{}, tally.appendsWaiting]]);
  const name = "canaduck_history_append_duration_seconds";
  histogram(name, "From append to commit, or to the refusal, by what became of it", ["outcome"], function* () {
    for (const [outcome, durations] of tally.appends) yield [{ outcome }, durations];
  });
}

function defineProcess({ gauge, counter }: Shelf, { house }: Desk): void {
  counter("process_cpu_seconds_total", "CPU time of the server process, without its jails", [], () => {
    const { user, system } = process.cpuUsage();
    return [[{}, (user + system) / 1e6]];
  });
  gauge("process_resident_memory_bytes", "Resident memory of the server process", [], () => [[{}, process.memoryUsage.rss()]]);
  gauge("process_start_time_seconds", "When the server was opened, since 1970", [], () => [[{}, house.startedAt / 1000]]);
  gauge("canaduck_principals_in_memory", "Clients whose variables are in memory", [], () => [[{}, house.principals.size]]);
  const labels = { version: VERSION, node: process.version };
  gauge("canaduck_build_info", "1, with the versions", Object.keys(labels), () => [[labels, 1]]);
}

function labelled(name: string, values: Iterable<readonly [string, number]>): Sample[] {
  return [...values].map(([key, value]): Sample => [{ [name]: key }, value]);
}
