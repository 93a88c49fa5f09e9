/** Memory that all connections share, for what may be large: long lines that are coming in or wait, rows in work. */

/** Bytes shared by everybody who needs many. */
export class Room {
  readonly bytesMax: number;
  #taken = 0;

  constructor(bytesMax: number) {
    this.bytesMax = bytesMax;
  }

  /** Bytes in use. */
  get taken(): number {
    return this.#taken;
  }

  /** False when so many are not left; then none is taken. */
  take(bytes: number): boolean {
    if (this.#taken + bytes > this.bytesMax) return false;
    this.#taken += bytes;
    return true;
  }

  give(bytes: number): void {
    this.#taken -= bytes;
  }
}

/** What one holder has of a room. */
export class Share {
  readonly #room: Room;
  #bytes = 0;

  constructor(room: Room) {
    this.#room = room;
  }

  /** So many in all from now on; false when they are not left, then it is as before. */
  hold(bytes: number): boolean {
    if (!this.#room.take(bytes - this.#bytes)) return false;
    this.#bytes = bytes;
    return true;
  }

  /** Gives back all of it. */
  release(): void {
    this.#room.give(this.#bytes);
    this.#bytes = 0;
  }
}
