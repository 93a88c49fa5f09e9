/**
 * The same text in memory of its own. A piece that was cut out of a text keeps the whole of it, and what came in together may
 * be a thousand times larger than the piece: whatever is kept for longer than a call is copied.
 */
export function ownText(text: string): string {
  return Buffer.from(text).toString();
}
