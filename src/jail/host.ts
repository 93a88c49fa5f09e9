/**
 * What the jail takes from Node, taken while only our own code has run. Whoever later patches a module or a global, from
 * inside an evaluation, patches something that is not asked again.
 */
import { readSync, writeSync } from "node:fs";

export const read = readSync;
export const write = writeSync;
export const nowMs: () => number = performance.now.bind(performance);
export const byteLength: (text: string) => number = Buffer.byteLength.bind(Buffer);
export const bytesOf: (text: string) => Buffer = Buffer.from.bind(Buffer) as (text: string) => Buffer;
export const allocate: (bytes: number) => Buffer<ArrayBuffer> = Buffer.allocUnsafeSlow.bind(Buffer);

const { wait } = Atomics;
/** Made late: there is no shared memory while a snapshot is built. */
const clock: { hand?: Int32Array } = {};

/** Blocks this process. Must be called once before the globals are closed. */
export function pause(ms: number): void {
  clock.hand ??= new Int32Array(new SharedArrayBuffer(4));
  wait(clock.hand, 0, 0, ms);
}

/** 128 bits nobody can guess, as text. Asked once, at the start: loading it takes a millisecond. */
export function drawSecret(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join(" ");
}
