/**
 * A process that appends until it is killed: `node appender.ts PATH`. Tells on stdout, a line each: `open`, every acknowledged
 * append as `LEDGER SEQ EXPRESSION`, the first other answer, and a fatal reason. Started by the tests; has no end of its own.
 */
import { writeSync } from "node:fs";
import { openHistory } from "../../src/history/open.ts";
import { ledgerNamed, makeEntry } from "./fixture.ts";

/** Waits for a reader that is slow: what `process.stdout` holds back would be lost with the process, though it was acknowledged. */
function say(line: string): void {
  const bytes = Buffer.from(`${line}\n`);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      // The pipe is full and does not block: somebody has set it so.
      if (!(error instanceof Error && "code" in error && error.code === "EAGAIN")) throw error;
    }
  }
}

const history = await openHistory(`sqlite:${process.argv[2]}`, {
  onFatal: (reason) => say(`fatal ${reason}`),
  sqlite: { checkpointBytes: 200_000 },
});
say("open");
let count = 0;

function next(): void {
  count += 1;
  const name = `ledger-${count % 3}`;
  const expression = `${process.pid}-${count}`;
  history.append(ledgerNamed(name), makeEntry(expression), (answer) => {
    say(answer.kind === "stored" ? `${name} ${answer.seq} ${expression}` : `refused ${answer.kind}`);
    if (answer.kind === "stored") next();
  });
}

for (let i = 0; i < 16; i += 1) next();
// A broken history leaves nothing else to keep the process alive, and it must not end before the test has looked.
process.stdin.resume();
