/**
 * The bytes of a frame that has not ended yet, between two chunks of one connection.
 *
 * Storage is a power of two, so that a frame arriving byte by byte costs amortised O(1) a byte, and is let go as soon as the
 * frame has ended, so that ten thousand idle connections do not each keep their longest frame.
 * It has no limit of its own: whoever appends has checked the frame limit before.
 *
 * Invariant after every step: 0 <= length <= capacity <= max(KEPT_BYTES, 2 * the longest length since the last clear).
 */
const KEPT_BYTES = 512;
const NOTHING = Buffer.alloc(0);
/**
 * Storage that is large and was let go waits here for the next long frame, one of each size, 16 MB in all at most: a few
 * megabytes made and thrown away for each frame had the collector look at the whole heap after every fourth.
 */
const SPARE_BYTES_MIN = 64 * 1024;
const SPARE_BYTES_MAX = 8 * 1024 * 1024;
const spares = new Map<number, Buffer<ArrayBuffer>>();
/** Storage of such a size that somebody has. */
const lent = new WeakSet<ArrayBuffer>();

export class Remainder {
  #storage = NOTHING;
  #length = 0;

  /** Bytes held. */
  get length(): number {
    return this.#length;
  }

  /** Bytes allocated. */
  get capacity(): number {
    return this.#storage.length;
  }

  /** Copies the bytes; the caller may reuse them. */
  append(bytes: Buffer): void {
    const length = this.#length + bytes.length;
    if (length > this.#storage.length) this.#grow(length);
    bytes.copy(this.#storage, this.#length);
    this.#length = length;
  }

  /** What is held, without a copy: valid until the next `append` or `clear`. */
  view(): Buffer {
    return this.#storage.subarray(0, this.#length);
  }

  /** Hands over what is held, without a copy, and holds nothing; `reuse` takes it back. */
  take(): Buffer {
    const taken = this.view();
    this.#length = 0;
    this.#storage = NOTHING;
    return taken;
  }

  clear(): void {
    this.#length = 0;
    if (this.#storage.length <= KEPT_BYTES) return;
    reuse(this.#storage);
    this.#storage = NOTHING;
  }

  #grow(needed: number): void {
    const outgrown = this.#storage;
    const storage = findStorage(2 ** Math.ceil(Math.log2(Math.max(KEPT_BYTES, needed))));
    outgrown.copy(storage, 0, 0, this.#length);
    this.#storage = storage;
    reuse(outgrown);
  }
}

/** `bytes`: a power of two. */
function findStorage(bytes: number): Buffer<ArrayBuffer> {
  // allocUnsafeSlow: a slice of Buffer's shared pool would keep the whole pool alive while a peer says nothing.
  const storage = spares.get(bytes) ?? Buffer.allocUnsafeSlow(bytes);
  spares.delete(bytes);
  if (bytes >= SPARE_BYTES_MIN && bytes <= SPARE_BYTES_MAX) lent.add(storage.buffer);
  return storage;
}

/** Takes back the storage of bytes that `take` gave: nobody reads them any more, whoever calls least of all. Of others it does nothing. */
export function reuse({ buffer }: Buffer): void {
  if (buffer instanceof ArrayBuffer && lent.delete(buffer)) spares.set(buffer.byteLength, Buffer.from(buffer));
}
