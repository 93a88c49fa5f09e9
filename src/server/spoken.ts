/** How the server speaks to a person: its own voice, and what is too long for a list. */
import { harmless } from "../harmless.ts";

const CHARACTERS_MAX = 200;

/** A line in the server's own voice. */
export function server(words: string): string {
  return `Server > ${words}`;
}

/** A list is to be looked over: what is long is cut. */
export function brief(text: string): string {
  return text.length <= CHARACTERS_MAX ? harmless(text) : `${harmless(text.slice(0, CHARACTERS_MAX))}...`;
}
