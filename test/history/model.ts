/**
 * The history as a child would write it, to compare the real ones with: arrays in a map.
 */
import type { ListQuery } from "../../src/history/history.ts";

type Line = { expression: string; key: string | undefined; requestHash: string; cleared?: boolean };

export class Model {
  readonly ledgers = new Map<string, { seen: number; lines: Line[] }>();

  keep(id: string, at: number): Line[] {
    const ledger = this.ledgers.get(id) ?? { seen: at, lines: [] };
    ledger.seen = Math.max(ledger.seen, at);
    this.ledgers.set(id, ledger);
    return ledger.lines;
  }

  append(id: string, at: number, line: Line): string {
    const lines = this.keep(id, at);
    const before = line.key === undefined ? -1 : lines.findIndex((one) => one.key === line.key && !one.cleared);
    if (before < 0) return `stored ${lines.push(line)}`;
    return `${lines[before]?.requestHash === line.requestHash ? "replayed" : "conflict"} ${before + 1}`;
  }

  list(id: string, { before = Number.POSITIVE_INFINITY, after, limit, query = "" }: ListQuery): string {
    const all = (this.ledgers.get(id)?.lines ?? [])
      .flatMap((line, i) => (line.cleared ? [] : [{ seq: i + 1, text: line.expression }]))
      .filter(({ seq, text }) => seq < before && seq > (after ?? 0) && text.toLowerCase().includes(query.toLowerCase()));
    const page = after === undefined ? all.slice(-limit) : all.slice(0, limit);
    return JSON.stringify([page, this.ledgers.get(id)?.lines.length ?? 0, all.length > limit]);
  }

  clear(id: string, before: number): number {
    const gone = (this.ledgers.get(id)?.lines ?? []).slice(0, Math.max(before - 1, 0)).filter((line) => !line.cleared);
    for (const line of gone) line.cleared = true;
    return gone.length;
  }

  forget(before: number, except: string[]): number {
    const dead = [...this.ledgers].filter(([id, { seen }]) => seen < before && !except.includes(id));
    for (const [id] of dead) this.ledgers.delete(id);
    return dead.length;
  }
}
