/** The terminal as readline writes to it, which can be told to show nothing while a secret is typed. */
import { Writable } from "node:stream";

export type Screen = { readonly stream: NodeJS.WritableStream; hidden: boolean };

/** Passes everything on at once, so that what is written past it keeps its place. */
export function makeScreen(terminal: NodeJS.WritableStream): Screen {
  const stream = new Writable({
    decodeStrings: false,
    write(chunk: string | Uint8Array, _encoding, done) {
      if (!screen.hidden) terminal.write(chunk);
      done();
    },
  });
  // What readline asks a terminal for.
  Object.defineProperty(stream, "columns", { get: () => ("columns" in terminal ? terminal.columns : 80) });
  terminal.on("resize", () => stream.emit("resize"));
  const screen: Screen = { stream, hidden: false };
  return screen;
}
