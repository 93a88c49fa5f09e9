/** The package as it would be published: packed, unpacked beside its dependencies, and used from there as a user would. */
import assert from "node:assert/strict";
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { after, before, test } from "node:test";
import { promisify } from "node:util";

const ROOT = join(import.meta.dirname, "../..");
const MODULES = join(ROOT, "node_modules");
const run = promisify(execFile);

let folder: string;
let user: string;
let env: NodeJS.ProcessEnv;
let server: ChildProcess | undefined;
let url: string;

/** What the package asks for at run time, and what that asks for. */
async function closureOf(names: readonly string[], found = new Set<string>()): Promise<Set<string>> {
  for (const name of names.filter((one) => !found.has(one))) {
    found.add(name);
    const { dependencies = {} } = JSON.parse(await readFile(join(MODULES, name, "package.json"), "utf8"));
    await closureOf(Object.keys(dependencies), found);
  }
  return found;
}

async function link(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await symlink(from, to);
}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "canaduck-package-"));
  env = { PATH: `${dirname(process.execPath)}:${process.env["PATH"]}`, HOME: folder, npm_config_cache: join(folder, "npm") };
  const checkout = join(folder, "checkout");
  const { stdout } = await run("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: ROOT });
  const isNeeded = (path: string) => path !== "" && (/^test\/.*\.jsonl$/.test(path) || !/^(test|node_modules)(\/|$)/.test(path));
  for (const path of stdout.split("\0").filter(isNeeded)) await cp(join(ROOT, path), join(checkout, path));
  await symlink(MODULES, join(checkout, "node_modules"));
  await run(process.execPath, ["scripts/build-package.ts"], { cwd: checkout, env });
  // The other scripts of npm would rebuild the checkout's own packages.
  await run("npm", ["pack", "--ignore-scripts", "--pack-destination", folder], { cwd: checkout, env });
  const [tarball = ""] = (await readdir(folder)).filter((name) => name.endsWith(".tgz"));
  user = join(folder, "user");
  await mkdir(join(user, "node_modules", "canaduck"), { recursive: true });
  await run("tar", ["-xzf", join(folder, tarball), "-C", join(user, "node_modules", "canaduck"), "--strip-components=1"]);
  const about = JSON.parse(await readFile(join(user, "node_modules", "canaduck", "package.json"), "utf8"));
  for (const name of await closureOf(Object.keys(about.dependencies)))
    await link(join(MODULES, name), join(user, "node_modules", name));
  await link("../canaduck/bin/canaduck.js", join(user, "node_modules", ".bin", "canaduck"));
  await writeFile(join(user, "package.json"), '{ "type": "module" }');
  const args = [
    "serve",
    "--listen",
    "tcp://127.0.0.1:0",
    "--metrics",
    "127.0.0.1:0",
    "--history",
    `sqlite:${join(folder, "history.db")}`,
  ];
  server = spawn(join(user, "node_modules", ".bin", "canaduck"), args, { cwd: user, env, stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(createInterface({ input: server.stdout ?? assert.fail() }), "line");
  url = String(line).replace("canaduck listening on ", "");
});

after(async () => {
  server?.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

test("it holds what it needs to run, and nothing to develop with", async () => {
  const held = await readdir(join(user, "node_modules", "canaduck"));
  assert.deepEqual(held.sort(), [
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "SECURITY.md",
    "bin",
    "dist",
    "docs",
    "package.json",
    "schemas",
  ]);
  const built = await readdir(join(user, "node_modules", "canaduck", "dist"), { recursive: true });
  assert.ok(built.includes("jail.cjs"));
  assert.deepEqual(
    built.filter((name) => /(?<!\.d)\.ts$|^scripts|^test.*(?<!\.d)\.[jt]s$/.test(name)),
    [],
  );
});

test("npx canaduck calc asks the server that npx canaduck serve has started", async () => {
  const { stdout } = await run("npx", ["--no-install", "canaduck", "calc", "--connect", url, "2 inch to cm"], { cwd: user, env });
  assert.equal(stdout, "5.08 cm\n");
});

const PROGRAM = `
import { ClientError, connect } from "canaduck/client";
const client = connect({ url: process.argv[2] ?? "", session: {} });
const { text } = await client.call("calc.evaluate", { expression: "6 * 7" }, { retry: true });
const name = await client.call("calc.evaluate", { expression: "sqr(2)" }).catch((error) => error instanceof ClientError && error.name);
console.log(text, name);
await client.close();
`;

test("a program imports canaduck/client by its name", async () => {
  await writeFile(join(user, "program.mjs"), PROGRAM);
  const { stdout } = await run(process.execPath, ["program.mjs", url], { cwd: user, env });
  assert.equal(stdout, "42 unknown_function\n");
});

test("a program in TypeScript is checked against the schemas", async () => {
  const tsc = join(MODULES, "typescript", "bin", "tsc");
  const check = async (program: string) => {
    await writeFile(join(user, "program.mts"), program);
    const flags = [
      "--noEmit",
      "--strict",
      "--module",
      "nodenext",
      "--target",
      "es2024",
      "--skipLibCheck",
      "--types",
      "",
      "program.mts",
    ];
    return await run(process.execPath, [tsc, ...flags], { cwd: user, env }).then(
      () => "",
      ({ stdout }) => String(stdout),
    );
  };
  const right = 'import { connect } from "canaduck/client";\nconst client = connect({ url: "" });\n';
  assert.equal(
    await check(`${right}const { text } = await client.call("calc.evaluate", { expression: "1" });\ntext.trim();`),
    "",
  );
  assert.match(await check(`${right}await client.call("calc.evaluate", { expresion: "1" });`), /program\.mts\(3,.*expresion/);
  assert.match(await check(`${right}await client.call("calc.evalute", {});`), /program\.mts\(3,/);
});

test("the packed selfcheck has everything to try, and says so when it has not", async () => {
  const check = async () => {
    const args = ["selfcheck", "--seconds", "1", "--json"];
    return await run(join(user, "node_modules", ".bin", "canaduck"), args, { cwd: user, env }).catch((failed) => failed);
  };
  const { stdout } = await check();
  const counts = JSON.parse(stdout).trials.map(({ name, count }: { name: string; count: number }) => [name, count]);
  assert.equal(Object.fromEntries(counts).escapes, 366);
  assert.equal(Object.fromEntries(counts).bombs, 215);
  await rm(join(user, "node_modules", "canaduck", "dist", "test", "bombs"), { recursive: true });
  const { code, stderr } = await check();
  assert.equal(code, 69);
  assert.match(stderr, /^canaduck: selfcheck cannot run: .*not part of this installation/);
});

test("SIGTERM ends the packed server with status 0", async () => {
  assert.ok(server !== undefined);
  server.kill("SIGTERM");
  const [status] = await once(server, "exit");
  assert.equal(status, 0);
});
