/** What the house is built on: every package is wanted for a written reason, in one exact version, with nothing left to chance. */
import { findLines, type Place, type Rule, type Sample, sample } from "./rule.ts";
import type { Tree } from "./tree.ts";

const PAGE = "docs/DEPENDENCIES.md";
const MANIFESTS = ["package.json", "runtime/package.json"];
const KINDS = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"];
const SCRIPTS_MAX = 12;
/** A package under another name, `npm:real-name@1.0.0`: the version is what follows. */
const ALIAS = /^npm:[\w./-]+@/;

type Named = { readonly path: string; readonly line: number; readonly name: string; readonly version: string };

/** What the manifests ask for, with the line that asks. */
function wantedOf(tree: Tree, kinds: readonly string[] = KINDS): Named[] {
  return MANIFESTS.flatMap((path) => {
    const text = tree.files.get(path) ?? "{}";
    return kinds.flatMap((kind) =>
      pairsOf(text, kind).map(([name, wanted]) => ({
        path,
        line: lineOf(text, kind, name),
        name,
        version: wanted.replace(ALIAS, ""),
      })),
    );
  });
}

function pairsOf(text: string, key: string): [string, string][] {
  const manifest: unknown = JSON.parse(text);
  const found = manifest instanceof Object ? Object.entries(manifest).find(([name]) => name === key)?.[1] : undefined;
  return Object.entries(found ?? {}).map(([name, value]) => [name, String(value)]);
}

function lineOf(text: string, key: string, name: string): number {
  const start = Math.max(text.indexOf(`"${key}"`), 0);
  return text.slice(0, text.indexOf(`"${name}"`, start)).split("\n").length;
}

/** Rows of the page: | `name` | version | ... */
function rowsOf(tree: Tree): Named[] {
  return (tree.files.get(PAGE) ?? "").split("\n").flatMap((text, index) => {
    const [, name, version] = /^\| `([^`]+)` \| ([^ |]+) \|/.exec(text) ?? [];
    return name === undefined || version === undefined ? [] : [{ path: PAGE, line: index + 1, name, version }];
  });
}

function missing(from: readonly Named[], among: readonly Named[], what: string): Place[] {
  const has = (one: Named) => among.some(({ name, version }) => name === one.name && version === one.version);
  return from
    .filter((one) => !has(one))
    .map(({ path, line, name, version }) => ({ path, line, what: `${name} ${version} ${what}` }));
}

const manifest = (body: string): string => `{\n${body}\n}`;
const page = (...rows: string[]): string => rows.map((row) => `| ${row} | why | cost | leaving |`).join("\n");

const rows: Rule = {
  title: "every package has its row in docs/DEPENDENCIES.md, and every row its package",
  advice: "The row says why it is here, what it costs and what leaving it would take, with the exact version.",
  find: (tree) => [
    ...missing(wantedOf(tree), rowsOf(tree), "has no row"),
    ...missing(rowsOf(tree), wantedOf(tree), "is in no package.json"),
  ],
  samples: [
    {
      files: { "package.json": manifest('"dependencies": {\n"a": "1.0.0" }'), [PAGE]: page("`b` | 2.0.0") },
      finds: ["package.json:3", `${PAGE}:1`],
    },
    {
      files: { "package.json": manifest('"devDependencies": { "a": "1.0.0" }'), [PAGE]: page("`a` | 1.0.1") },
      finds: ["package.json:2", `${PAGE}:1`],
    },
    {
      files: { "runtime/package.json": manifest('"optionalDependencies": { "a": "1.0.0" }') },
      finds: ["runtime/package.json:2"],
    },
    { files: { "package.json": manifest('"dependencies": { "@a/b": "1.0.0" }'), [PAGE]: page("`@a/b` | 1.0.0") }, finds: [] },
  ],
};

const exact: Rule = {
  title: "every version is exact",
  advice: "Write the version that was read and tried: npm install --save-exact.",
  find: (tree) =>
    wantedOf(tree)
      .filter(({ version }) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
      .map(({ path, line, name, version }) => ({ path, line, what: `${name} ${version}` })),
  samples: [
    sample("package.json", manifest('"dependencies": { "a": "^1.0.0" }'), 2),
    sample("package.json", manifest('"dependencies": { "a": "latest" }'), 2),
    sample("package.json", manifest('"dependencies": { "a": "18.4.0-beta.17" }')),
    sample("package.json", manifest('"dependencies": { "a": "npm:b@1.0.0" }')),
    sample("package.json", manifest('"dependencies": { "a": "npm:b@^1.0.0" }'), 2),
  ],
};

const lock: Rule = {
  title: "the lock file names no place to fetch from",
  advice: "Take the `resolved` lines out of package-lock.json: the integrity is what pins a package.",
  find: (tree) => findLines(tree, (path) => path === "package-lock.json", /"resolved": "[^"]*[:/]{2}[^"]*"/),
  samples: [
    sample("package-lock.json", '{\n"resolved": "https://example.org/a.tgz"\n}', 2),
    sample("package-lock.json", '{ "resolved": "git+ssh://example.org/a" }', 1),
    sample("package-lock.json", '{ "resolved": "runtime", "link": true }'),
  ],
};

const runTime = (body: string, code: string, finds: readonly string[]): Sample => ({
  files: { "package.json": manifest(body), "src/log.ts": code },
  finds,
});

const inUse: Rule = {
  title: "src/ imports run-time dependencies only",
  advice: "Move the package from devDependencies to dependencies, or the need out of src/.",
  find: (tree) => {
    const dev = wantedOf(tree, ["devDependencies"]).map(({ name }) => name);
    return tree.code.flatMap(({ path, imports }) =>
      imports
        .filter(({ from }) => path.startsWith("src/") && dev.includes(from))
        .filter(({ from }) => !BUILT_AWAY.some(([file, name]) => file === path && name === from))
        .map(({ from, line }) => ({ path, line, what: `imports ${from}` })),
    );
  },
  samples: [
    runTime('"devDependencies": { "a": "1.0.0" }', '\nimport { a } from "a";', ["src/log.ts:2"]),
    runTime('"dependencies": { "a": "1.0.0" }', 'import { a } from "a";', []),
  ],
};

/** Imported only when run from a checkout; what is published carries the finished bundle. */
const BUILT_AWAY = [["src/evaluator/snapshot.ts", "esbuild"]];

const scripts: Rule = {
  title: `package.json has at most ${SCRIPTS_MAX} scripts`,
  advice: "A command that few need is run by its file name: node scripts/….",
  find: (tree) => {
    const names = pairsOf(tree.files.get("package.json") ?? "{}", "scripts");
    return names.length > SCRIPTS_MAX ? [{ path: "package.json", line: 1, what: `${names.length} scripts` }] : [];
  },
  samples: [
    sample("package.json", JSON.stringify({ scripts: Object.fromEntries([..."abcdefghijklm"].map((name) => [name, ""])) }), 1),
    sample("package.json", '{ "scripts": { "start": "" } }'),
  ],
};

export const PACKAGE_RULES: readonly Rule[] = [rows, exact, lock, inUse, scripts];
