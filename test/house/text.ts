/**
 * What stands in files and how they are called: names, sizes, headers, and words that must not be there.
 *
 * The forbidden words are put together from parts, so that this file may be searched like every other.
 */
import { findLines, type Place, type Rule, sample } from "./rule.ts";
import type { Tree } from "./tree.ts";

const FILE_LINES_MAX = 300;
const HEADED_LINES_MIN = 40;

const UNFINISHED = ["TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK"];
const REGISTRY = /registry\.(npm|yarn)|npm\.pkg\.|\/\/[\w.-]*(registry|artifactory|nexus)[\w.-]*[:/"]/;
const DRAWERS = ["common", "helper", "helpers", "misc", "service", "services", "shared", "types", "util", "utils"];

const isCode = (path: string) => /^(src|test|scripts|bench|fuzz|bin)\/.*\.[tj]s$/.test(path) && !path.includes("/generated/");
/** What people write: no lock file, no corpus of foreign text. */
const isWritten = (path: string) => !/^package-lock\.json$|\/(generated|fixtures|corpus|corpora)\//.test(path);

function linesOf(text: string): number {
  return text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
}

function findFiles(tree: Tree, judge: (path: string, text: string) => string | undefined): Place[] {
  return [...tree.files].flatMap(([path, text]) => {
    const what = isCode(path) ? judge(path, text) : undefined;
    return what === undefined ? [] : [{ path, line: 1, what }];
  });
}

const names: Rule = {
  title: "files and folders of code are nouns in kebab-case, and none is a drawer",
  advice: `Name it by what it is; ${DRAWERS.join(", ")} say nothing.`,
  find: (tree) =>
    findFiles(tree, (path) => {
      const words = path.replace(/(\.test)?\.[tj]s$/, "").split("/");
      if (words.some((word) => DRAWERS.includes(word))) return "is a drawer";
      return words.every((word) => /^[a-z0-9]+(-[a-z0-9]+)*$/.test(word)) ? undefined : "is not kebab-case";
    }),
  samples: [
    sample("src/rooms/fanOut.ts", "", 1),
    sample("src/rooms/fan_out.ts", "", 1),
    sample("src/utils/strings.ts", "", 1),
    sample("test/system/helpers.ts", "", 1),
    sample("src/server/types.ts", "", 1),
    sample("src/history/migrations/0001-ledgers.ts", ""),
    sample("src/protocol/generated/types.ts", ""),
    sample("test/protocol/frame.test.ts", ""),
  ],
};

const fileSize: Rule = {
  title: `no file of code is longer than ${FILE_LINES_MAX} lines`,
  advice: "It holds two nouns: give the second a file.",
  find: (tree) => findFiles(tree, (_, text) => (linesOf(text) > FILE_LINES_MAX ? `${linesOf(text)} lines` : undefined)),
  samples: [
    sample("src/rooms/a.ts", "\n".repeat(301), 1),
    sample("src/rooms/a.ts", "\n".repeat(300)),
    sample("src/protocol/generated/a.ts", "\n".repeat(900)),
  ],
};

const headers: Rule = {
  title: `a source file over ${HEADED_LINES_MIN} lines begins with what it is`,
  advice: "3 to 12 lines before the first import: what it is, where on the way of a request, what it never does.",
  find: (tree) =>
    findFiles(tree, (path, text) => {
      if (!path.startsWith("src/") || linesOf(text) <= HEADED_LINES_MIN) return undefined;
      const header = /^(\/\*\*.*?\*\/|(\/\/.*\n)+)/s
        .exec(text)?.[0]
        .trim()
        .replace(/\n( \*\/)$/, "")
        .replace(/^\/\*\*\n/, "");
      if (header === undefined) return "no header";
      const lines = linesOf(header);
      return lines > 12 ? `a header of ${lines} lines` : undefined;
    }),
  samples: [
    sample("src/rooms/a.ts", `import "node:fs";\n/** Late. */${"\n".repeat(50)}`, 1),
    sample("src/rooms/a.ts", `/**\n${" * a\n".repeat(13)} */${"\n".repeat(50)}`, 1),
    sample("src/rooms/a.ts", `/** What it is. */${"\n".repeat(50)}`),
    sample("src/rooms/a.ts", 'import "node:fs";\n'),
  ],
};

const finished: Rule = {
  title: "nothing is marked as to be done later",
  advice: "Do it, or open an issue and take the mark out.",
  find: (tree) => findLines(tree, isWritten, new RegExp(`\\b(${UNFINISHED.join("|")})\\b`)),
  samples: [
    sample("src/rooms/a.ts", `const a = 1;\n// ${UNFINISHED[0]}: more`, 2),
    sample("docs/A.md", `${UNFINISHED[1]}`, 1),
    sample("src/rooms/a.ts", "const todos = 1;"),
  ],
};

const machinePaths: Rule = {
  title: "no path of somebody's machine is written down",
  advice: "Take it from an argument, from import.meta.url, or from os.tmpdir().",
  find: (tree) => findLines(tree, isWritten, /(?<![\w.~})\]-])\/(work|home|tmp|root|Users)(?![\w.-])/),
  samples: [
    sample("src/rooms/a.ts", `\nconst a = "/${"home"}/alice/x";`, 2),
    sample("docs/A.md", `in \`/${"work"}/main\``, 1),
    sample("test/a.test.ts", `const a = "/${"tmp"}";`, 1),
    sample(
      "src/rooms/a.ts",
      'import { a } from "../evaluator/worker.ts";\nconst b = "./tmp/x", c = "/worker", d = "https://a.org/home/y";',
    ),
  ],
};

const registries: Rule = {
  title: "no file names a package registry",
  advice: "npm knows its registry from its own settings. In a lock file, take the `resolved` lines out.",
  find: (tree) => findLines(tree, () => true, REGISTRY),
  samples: [
    sample("package-lock.json", `{\n"resolved": "https://${"registry"}.example.org/a.tgz"}`, 2),
    sample("docs/A.md", `from https://${"artifactory"}.example.org:8443/x`, 1),
    sample(".npmrc", `see ${"registry"}.npmjs`, 1),
    sample("docs/A.md", "Pinned through the registry. It is exact."),
  ],
};

const generated: Rule = {
  title: "generated code needs no package",
  advice: "Whoever loads it would load that package too: make scripts/generate write the few lines it needs.",
  find: (tree) =>
    findLines(
      tree,
      (path) => path.includes("/generated/"),
      /(^(import|export)\b.* from |^import |\b(require|import)\()"(?!\.|node:)[^"]+"/,
    ),
  samples: [
    sample("src/protocol/generated/a.ts", '\nconst length = require("ajv/dist/runtime/ucs2length");', 2),
    sample("src/protocol/generated/a.ts", 'import { x } from "ajv";', 1),
    sample(
      "src/protocol/generated/a.ts",
      'import { x } from "./b.ts";\nimport y from "node:fs";\nconst text = "from \\"ajv\\"";',
    ),
  ],
};

export const TEXT_RULES: readonly Rule[] = [names, fileSize, headers, finished, machinePaths, registries, generated];
