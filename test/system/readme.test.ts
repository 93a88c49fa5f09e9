/** What the README shows is what happens: its transcripts and its program are run against a real server. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { createInterface } from "node:readline";
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
    .filter(({ command }) => /bin\/canaduck\.js calc (?!--connect)/.test(command));
  assert.equal(shown.length, 2);
  for (const { command, output } of shown) {
    const withServer = command.replace("bin/canaduck.js", `"${process.execPath}" bin/canaduck.js --connect ${running.url}`);
    assert.equal(await run("sh", ["-c", withServer]), output);
  }
});

test("the transcript of tokens and TLS", async (t) => {
  const shown = commands(blocks("console").find((block) => block.includes("token create")) ?? "");
  const folder = await mkdtemp(join(tmpdir(), "canaduck-"));
  t.after(() => rm(folder, { recursive: true }));
  const certificates = join(ROOT, "test/transport/certificates");
  const env = { PATH: process.env["PATH"], CANADUCK_TOKENS: join(folder, "tokens.json") };
  const here = (command: string, url = "tls://127.0.0.1:0") =>
    command
      .replace("bin/canaduck.js", `exec "${process.execPath}" ${join(ROOT, "bin/canaduck.js")}`)
      .replace(/tls:\/\/[\w.]+:7070/, url)
      .replace("cert.pem", join(certificates, "localhost.pem"))
      .replace("key.pem", join(certificates, "localhost.key.pem"));
  const [create, serve, calc] = shown;
  assert.ok(create !== undefined && serve !== undefined && calc !== undefined && shown.length === 3);
  const sh = (command: string) => spawn("sh", ["-c", command], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  assert.equal(await text(sh(here(create.command)).stderr), create.output);
  const server = sh(`${here(serve.command)} --history memory:`);
  t.after(() => server.kill("SIGKILL"));
  const [line] = await once(createInterface({ input: server.stdout }), "line");
  const url = /tls:\S+/.exec(line)?.[0] ?? "";
  assert.equal(`${line.replace(url, "tls://0.0.0.0:7070")}\n`, serve.output);
  const command = `${here(calc.command, url)} --ca ${join(certificates, "authority.pem")}`;
  assert.equal(await text(sh(command).stdout), calc.output);
  server.kill("SIGTERM");
  await once(server, "exit");
});

test("the library, checked against its types and run", async (t) => {
  const program = blocks("ts").join("\n").replace("7070", String(running.port));
  const folder = await mkdtemp(join(tmpdir(), "canaduck-"));
  t.after(() => rm(folder, { recursive: true }));
  const client = relative(folder, join(ROOT, "src/client/client.ts"));
  const file = join(folder, "program.ts");
  await writeFile(file, program.replace("canaduck/client", client));
  const settings = { rootDir: "/", noUnusedLocals: false, typeRoots: [join(ROOT, "node_modules/@types")] };
  const tsconfig = { extends: join(ROOT, "tsconfig.json"), include: ["program.ts"], compilerOptions: settings };
  await writeFile(join(folder, "package.json"), '{"type":"module"}');
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
  const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  assert.equal(await run(process.execPath, [tsc, "-p", folder]), "");
  assert.equal(await run(process.execPath, [file]), "5.08 cm [ 1, 4, 9 ]\n");
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
