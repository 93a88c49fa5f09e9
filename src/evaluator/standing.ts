/**
 * What clients have shown of themselves, by which those who burn are kept away from those who do not.
 *
 *   unknown -> trusted (values in a row) -> penal (burned) -> unknown (`penalMs` later)
 *
 * Only the trusted use the slow lane; all others work in the back lane, one at a time. To burn is to cost a worker its
 * life by time or memory, or to use more than a share of a processor. Since a connection is free, a network is
 * remembered too: who came after it began to burn is not trusted until it has stopped. Who was there before is judged by what it
 * did itself. Cheap work is none of this file's business, unless it turned out not to be cheap.
 */
import type { EvaluateRequest } from "./evaluator.ts";
import { Meter } from "./meter.ts";

export type StandingLimits = {
  /** How long who burned stays in the back lane, and its network makes newcomers suspect. */
  penalMs: number;
  /** Share of one processor a client may use for long outside the fast lane. */
  burnPercent: number;
  /** CPU it may use at once above that share. */
  burstUs: number;
  /** Clients, and networks, remembered at most; who was not heard of longest goes first. */
  rememberedMax: number;
};

/** Values in a row that make a client trusted: a bomb among every three keeps its sender where it is. */
const goodJobsMin = 3;

type Record = { good: number; penalUntilMs: number; fastAgainMs: number; spent: Meter };
type Heat = { sinceMs: number; untilMs: number; fastAgainMs: number };

export class Standings {
  readonly #limits: StandingLimits;
  readonly #clients = new Map<string, Record>();
  readonly #networks = new Map<string, Heat>();
  /** The latest end of any penalty; past it nothing needs to be looked up. */
  #hotUntilMs = 0;
  #fastAgainMs = 0;

  constructor(limits: StandingLimits) {
    this.#limits = limits;
  }

  /** Lane for work that is not provably cheap. */
  lane(request: EvaluateRequest, nowMs: number): "slow" | "back" {
    const good = this.#clients.get(request.client)?.good ?? 0;
    return good < goodJobsMin || this.isSuspect(request, nowMs) ? "back" : "slow";
  }

  /** True when it burned, or came after its network began to burn. */
  isSuspect(request: EvaluateRequest, nowMs: number): boolean {
    const heat = this.#heat(request, nowMs);
    return this.isPenal(request, nowMs) || (heat !== undefined && isNewcomer(request, heat));
  }

  /** True while the client pays for having burned. */
  isPenal({ client }: EvaluateRequest, nowMs: number): boolean {
    return this.isHot(nowMs) && nowMs < (this.#clients.get(client)?.penalUntilMs ?? 0);
  }

  /** True while anybody does. */
  isHot(nowMs: number): boolean {
    return nowMs < this.#hotUntilMs;
  }

  /** True while work of this client that looks cheap is not taken for cheap. */
  isBarred(request: EvaluateRequest, nowMs: number): boolean {
    if (nowMs >= this.#fastAgainMs) return false;
    if (nowMs < (this.#clients.get(request.client)?.fastAgainMs ?? 0)) return true;
    const heat = this.#heat(request, nowMs);
    return heat !== undefined && nowMs < heat.fastAgainMs && isNewcomer(request, heat);
  }

  /** A job outside the fast lane ended by itself. */
  worked({ request, us, good }: { request: EvaluateRequest; us: number; good: boolean }, nowMs: number): void {
    const record = this.#record(request.client);
    record.good = good ? record.good + 1 : 0;
    record.spent.add(us, nowMs);
    if (record.spent.level(nowMs) > this.#limits.burstUs) this.#punish(request, record, nowMs);
  }

  /** A job cost a worker its life; with `looksCheap` it was one that had seemed cheap. */
  burned(request: EvaluateRequest, looksCheap: boolean, nowMs: number): void {
    const record = this.#record(request.client);
    const heat = this.#punish(request, record, nowMs);
    if (!looksCheap) return;
    this.#fastAgainMs = nowMs + this.#limits.penalMs;
    record.fastAgainMs = this.#fastAgainMs;
    if (heat !== undefined) heat.fastAgainMs = this.#fastAgainMs;
  }

  #punish(request: EvaluateRequest, record: Record, nowMs: number): Heat | undefined {
    const untilMs = nowMs + this.#limits.penalMs;
    record.good = 0;
    record.penalUntilMs = untilMs;
    this.#hotUntilMs = untilMs;
    if (request.network === undefined) return undefined;
    const heat = this.#heat(request, nowMs) ?? { sinceMs: nowMs, untilMs, fastAgainMs: 0 };
    heat.untilMs = untilMs;
    remember(this.#networks, request.network, heat, this.#limits.rememberedMax);
    return heat;
  }

  /** How its network burns now, if it does. */
  #heat({ network }: EvaluateRequest, nowMs: number): Heat | undefined {
    if (network === undefined || !this.isHot(nowMs)) return undefined;
    const heat = this.#networks.get(network);
    return heat !== undefined && nowMs < heat.untilMs ? heat : undefined;
  }

  #record(client: string): Record {
    const { burnPercent, rememberedMax } = this.#limits;
    const usPerMs = burnPercent * 10;
    const record = this.#clients.get(client) ?? { good: 0, penalUntilMs: 0, fastAgainMs: 0, spent: new Meter(usPerMs) };
    remember(this.#clients, client, record, rememberedMax);
    return record;
  }
}

/** Who does not say since when it has been here has only just come. */
function isNewcomer({ sinceMs }: EvaluateRequest, heat: Heat): boolean {
  return sinceMs === undefined || sinceMs >= heat.sinceMs;
}

/** Puts it last in the order of forgetting. */
function remember<T>(all: Map<string, T>, key: string, value: T, max: number): void {
  all.delete(key);
  all.set(key, value);
  const oldest = all.size > max ? all.keys().next() : undefined;
  if (oldest?.done === false) all.delete(oldest.value);
}
