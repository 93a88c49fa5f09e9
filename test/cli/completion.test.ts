/** Completion as a shell does it: bash sources the script, is asked as by Tab, and tells what it would offer. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { before, test } from "node:test";
import { run } from "./running.ts";

const hasBash = spawnSync("bash", ["--version"]).error === undefined;
const withBash = { skip: hasBash ? false : "bash is not on this machine" };

let script: string;
before(async () => {
  script = (await run(["completion", "bash"])).stdout;
});

/** What bash offers after these words; the last one is being typed. */
function offered(...words: string[]): string[] {
  const ask = `${script}
COMP_WORDS=(canaduck "$@"); COMP_CWORD=$#; _canaduck; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync("bash", ["--norc", "-uc", ask, "bash", ...words], {
    encoding: "utf8",
    cwd: import.meta.dirname,
  });
  assert.equal(stderr, "");
  return stdout.split("\n").filter(Boolean).sort();
}

const CASES: [words: string[], offers: string[]][] = [
  [["ser"], ["serve"]],
  [["h"], ["help", "history"]],
  [
    ["history", ""],
    ["--help", "-h", "export", "verify"],
  ],
  [["token", "create", "--r"], ["--role"]],
  [
    ["token", "create", "--role", ""],
    ["anyone", "operator", "user"],
  ],
  [["calc", "--number", "B"], ["BigNumber"]],
  [["calc", "--number", "=", "B"], ["BigNumber"]],
  [["--number", "F"], ["Fraction"]],
  [
    ["serve", "--jail", ""],
    ["off", "prefer", "require"],
  ],
  [["serve", "--listen", "unix:x", "--evaluators", ""], []],
  [["serve", "--tls-key", "completion.t"], ["completion.test.ts"]],
  [["history", "export", "--format", "c"], ["csv"]],
  // The value of an option is no command, also when it is called like one.
  [["--connect", "history", "ver"], []],
  [
    ["completion", ""],
    ["--help", "-h", "bash", "fish", "zsh"],
  ],
  [
    ["help", "se"],
    ["selfcheck", "serve"],
  ],
];

for (const [words, offers] of CASES) {
  test(`canaduck ${words.join(" ")}<Tab>`, withBash, () => assert.deepEqual(offered(...words), offers));
}

test("every command and option that help lists is offered, and the hidden one is not", withBash, async () => {
  const { stdout } = await run(["serve", "--help"]);
  const listed = [...stdout.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, name = ""]) => name).sort();
  assert.ok(listed.length > 50);
  assert.deepEqual(offered("serve", "--"), listed);
  assert.equal(offered("").includes("repl"), false);
});

test("each shell has its own, and no other is known", async () => {
  assert.match((await run(["completion", "zsh"])).stdout, /^autoload -U \+X bashcompinit/);
  const fish = (await run(["completion", "fish"])).stdout;
  assert.match(fish, /^complete -c canaduck -n '__fish_seen_subcommand_from serve' -l jail -x -a 'require prefer off' -d /m);
  assert.match(
    fish,
    /^complete -c canaduck -n '__fish_seen_subcommand_from history; and __fish_seen_subcommand_from verify' -l ledger -x/m,
  );
  assert.equal((await run(["completion", "tcsh"])).status, 64);
});
