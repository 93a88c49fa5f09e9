/** Probes of the file system: reading, finding, writing, by every door Node has to it. */
import { builtin, inside, need, type Probe, stopped } from "./probe.ts";

const fs = () => builtin("node:fs");
const layers = ["L4", "L6"];
/** What a machine's root holds and the jail's does not. */
const MACHINE = ["proc", "sys", "dev", "etc", "home", "root", "tmp", "var"];

const READING: readonly Probe[] = [
  {
    id: "file-passwords",
    aims: "read the list of users",
    layers,
    attack: () => `${fs().readFileSync("/etc/passwd").length} bytes`,
  },
  {
    id: "file-secret",
    aims: "read a file of the server",
    layers,
    attack: (told) => fs().readFileSync(need(told, "secret"), "utf8"),
  },
  {
    id: "file-promise",
    aims: "read a file by the other door, promises",
    layers,
    attack: async (told) => String(await fs().promises.readFile(need(told, "secret"))),
  },
  {
    id: "file-stream",
    aims: "read a file by a stream",
    layers,
    attack: (told) =>
      new Promise((resolve, reject) => {
        fs()
          .createReadStream(need(told, "secret"))
          .once("error", reject)
          .once("data", String)
          .once("data", (data) => resolve(String(data)));
      }),
  },
  {
    id: "file-link-read",
    aims: "read a file through a symbolic link that lies ready",
    layers,
    attack: (told) => fs().readFileSync(need(told, "link"), "utf8"),
  },
  {
    id: "file-require",
    aims: "load a module of the machine, and run it",
    layers,
    attack: (told) => String(builtin("node:module").createRequire(need(told, "script"))(need(told, "script"))),
  },
  {
    id: "file-list-root",
    aims: "find the folders of the machine",
    layers,
    attack: () => {
      const found = fs()
        .readdirSync("/")
        .filter((name) => MACHINE.includes(name));
      return found.length > 0 ? found.join(" ") : stopped("nothing of the machine in the root");
    },
  },
  {
    id: "file-list-server",
    aims: "list the folder the server works in",
    layers,
    attack: (told) => fs().readdirSync(need(told, "folder")).join(" "),
  },
  {
    id: "file-working-folder",
    aims: "learn where the server works from the working directory",
    layers: ["L5", "L6"],
    attack: (told) => {
      const here = inside.cwd();
      return here === need(told, "cwd") ? here : stopped(`working directory ${here}`);
    },
  },
  {
    id: "file-home",
    aims: "list the home of the server's user",
    layers,
    attack: () => `${fs().readdirSync(builtin("node:os").userInfo().homedir).length} names`,
  },
  {
    id: "file-stat",
    aims: "learn that a file exists",
    layers,
    attack: (told) => `${fs().statSync(need(told, "secret")).size} bytes`,
  },
  {
    id: "file-watch",
    aims: "be told when a file of the server changes",
    layers,
    attack: (told) => {
      fs().watch(need(told, "folder")).close();
      return "watched";
    },
  },
  {
    id: "file-device",
    aims: "read a device",
    layers,
    attack: () => {
      fs().closeSync(fs().openSync("/dev/zero", "r"));
      return "opened";
    },
  },
  {
    id: "file-kernel",
    aims: "read what the kernel tells of the hardware",
    layers,
    attack: () => fs().readdirSync("/sys/class").join(" ").slice(0, 60),
  },
];

const WRITING: readonly Probe[] = [
  {
    id: "file-write",
    aims: "write a file",
    layers,
    attack: (told) => {
      fs().writeFileSync(need(told, "marker"), "x");
      return "written";
    },
  },
  {
    id: "file-append",
    aims: "change a file of the server",
    layers,
    attack: (told) => {
      fs().appendFileSync(need(told, "prey"), "x");
      return "changed";
    },
  },
  {
    id: "file-truncate",
    aims: "empty a file of the server",
    layers,
    attack: (told) => {
      fs().truncateSync(need(told, "prey"), 0);
      return "emptied";
    },
  },
  {
    id: "file-delete",
    aims: "delete a file of the server",
    layers,
    attack: (told) => {
      fs().rmSync(need(told, "doomed"));
      return "deleted";
    },
  },
  {
    id: "file-folder",
    aims: "make a folder",
    layers,
    attack: (told) => {
      fs().mkdirSync(`${need(told, "marker")}-folder`);
      return "made";
    },
  },
  {
    id: "file-symlink",
    aims: "leave a symbolic link for the server to follow",
    layers,
    attack: (told) => {
      fs().symlinkSync("/etc", `${need(told, "marker")}-symlink`);
      return "linked";
    },
  },
  {
    id: "file-hard-link",
    aims: "give a file of the server a second name",
    layers,
    attack: (told) => {
      fs().linkSync(need(told, "secret"), `${need(told, "marker")}-link`);
      return "linked";
    },
  },
  {
    id: "file-rename",
    aims: "put another file in the place of one of the server's",
    layers,
    attack: (told) => {
      fs().renameSync(need(told, "renamed"), `${need(told, "marker")}-renamed`);
      return "renamed";
    },
  },
  {
    id: "file-mode",
    aims: "open a file of the server to everybody",
    layers,
    attack: (told) => {
      fs().chmodSync(need(told, "secret"), 0o666);
      return "opened";
    },
  },
  {
    id: "file-shared-memory",
    aims: "share memory with another process through a file",
    layers: ["L4", "L5", "L6"],
    attack: (told) => {
      const path = `/dev/shm/${need(told, "name")}`;
      fs().writeFileSync(path, "x");
      fs().rmSync(path);
      return "shared";
    },
  },
  {
    id: "file-report",
    aims: "have Node write a report about its process",
    layers,
    attack: (told) => {
      const path = `${need(told, "marker")}-report`;
      inside.report.writeReport(path);
      return fs().existsSync(path) ? "written" : stopped("no report appeared");
    },
  },
  {
    id: "file-heap",
    aims: "have V8 write its heap to a file",
    layers,
    attack: (told) => builtin("node:v8").writeHeapSnapshot(`${need(told, "marker")}-heap`),
  },
  {
    id: "file-database",
    aims: "open a database file with Node's own SQLite",
    layers: ["L5", "L6"],
    attack: (told) => {
      const { DatabaseSync } = builtin("node:sqlite");
      const database = new DatabaseSync(`${need(told, "marker")}-database`);
      try {
        database.exec("CREATE TABLE t (a)");
      } finally {
        database.close();
      }
      return "made";
    },
  },
  {
    id: "file-wasi",
    aims: "hand the file system to WebAssembly",
    layers,
    attack: (told) => {
      const { WASI } = builtin("node:wasi");
      return typeof new WASI({ version: "preview1", preopens: { "/": need(told, "folder") } });
    },
  },
];

export const FILE_PROBES: readonly Probe[] = [...READING, ...WRITING];
