/** What the README shows is what happens: its transcripts and its program are run against a real server. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { after, before, test } from "node:test";
import { Line, type Running, start } from "./running.ts";

const ROOT = join(import.meta.dirname, "../..");

let running: Running;
let readme: string;
before(async () => {
  running = await start();
  readme = await readFile(join(ROOT, "README.md"), "utf8");
});
after(() => running.close());

function blocks(language: string): string[] {
  return [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, "g"))].map((match) => match[1] ?? "");
}

/** The commands of a transcript, each with the lines that follow it. */
function commands(block: string): { command: string; output: string }[] {
  return block
    .split(/^\$ /m)
    .slice(1)
    .map((part) => ({ command: part.slice(0, part.indexOf("\n")), output: part.slice(part.indexOf("\n") + 1) }));
}

async function run(command: string, args: string[]): Promise<string> {
  const child = spawn(command, args, { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
  return await text(child.stdout);
}

test("the transcript of nc", async () => {
  const [shown] = blocks("console")
    .flatMap(commands)
    .filter(({ command }) => command.includes("| nc "));
  assert.ok(shown);
  const typed = /^printf '(.*)' \|/.exec(shown.command)?.[1] ?? "";
  const line = await Line.to(running.port);
  line.send(typed.replaceAll("\\n", "\n"));
  line.socket.end();
  assert.equal((await line.rest()).map((reply) => `${reply}\n`).join(""), shown.output);
});

test("the transcripts of canaduck calc", async () => {
  const shown = blocks("console")
    .flatMap(commands)
    .filter(({ command }) => command.includes("bin/canaduck.js calc"));
  assert.equal(shown.length, 2);
  for (const { command, output } of shown) {
    const withServer = command.replace("bin/canaduck.js", `"${process.execPath}" bin/canaduck.js --connect ${running.url}`);
    assert.equal(await run("sh", ["-c", withServer]), output);
  }
});

test("the program", async () => {
  const [program] = blocks("js");
  const output = blocks("console").find((block) => block.startsWith("1 "));
  const folder = await mkdtemp(join(tmpdir(), "canaduck-"));
  await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
  await writeFile(join(folder, "client.mjs"), (program ?? "").replace("7070", String(running.port)));
  assert.equal(await run(process.execPath, [join(folder, "client.mjs")]), output);
  await rm(folder, { recursive: true });
});
