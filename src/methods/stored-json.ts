/** A JSON value in the jail's form of a stored variable (`src/jail/stored.ts` reads it). */
export function storedJson(value: unknown): string {
  return `{"v":${JSON.stringify(value)}}`;
}
