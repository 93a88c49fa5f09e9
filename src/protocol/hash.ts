/** The hash of texts (FNV-1a, by UTF-16 units): for places in tables, not against anybody who chooses the texts. */
const PRIME = 0x01000193;

/** One step, by one unit. */
export function hashOn(hash: number, code: number): number {
  return Math.imul(hash ^ code, PRIME);
}

/** All steps of a text, begun with `seed`. */
export function hashText(text: string, seed: number): number {
  let hash = seed;
  for (let at = 0; at < text.length; at += 1) hash = hashOn(hash, text.charCodeAt(at));
  return hash;
}

/** The same number with its low bits, of which a place is made, depending on all of it; not negative. */
export function mixed(hash: number): number {
  return (hash ^ (hash >>> 15)) >>> 0;
}
