/**
 * The list of system calls a jailed process is refused, as a seccomp filter (part of layer L6): a program for the
 * kernel's classic BPF machine, put together here and handed to bubblewrap.
 *
 * A list of what is refused, not of what is allowed: V8, libuv and the C library change what they call with every
 * version, and a jail that dies on an update is soon switched off. What is listed are the ways out of a process:
 * sockets, new processes, other processes, mounts, kernel machinery. Running another program (`execve`) cannot be
 * refused, since bubblewrap itself becomes Node under this filter; the file system it stands in holds Node only.
 * Calls of another architecture, or of the 32-bit numbering on x86-64, end the process.
 */

/** Numbers on x86-64 and arm64; -1 where there is no such call. From `asm/unistd_64.h` and `asm-generic/unistd.h`. */
type Row = readonly [name: string, x64: number, arm64: number];

const refused: readonly Row[] = [
  // Sockets of every kind. Standard input and output are sockets already open, and stay usable.
  ["socket", 41, 198],
  ["socketpair", 53, 199],
  ["connect", 42, 203],
  ["bind", 49, 200],
  ["listen", 50, 201],
  ["accept", 43, 202],
  ["accept4", 288, 242],
  // New processes and programs; `clone` is looked at more closely below.
  ["fork", 57, -1],
  ["vfork", 58, -1],
  ["execveat", 322, 281],
  // Other processes.
  ["ptrace", 101, 117],
  ["process_vm_readv", 310, 270],
  ["process_vm_writev", 311, 271],
  ["process_madvise", 440, 440],
  ["kcmp", 312, 272],
  ["pidfd_open", 434, 434],
  ["pidfd_getfd", 438, 438],
  ["pidfd_send_signal", 424, 424],
  // Sessions, groups and processors of one's own choice: the one it was given has the weight it shall have.
  ["setsid", 112, 157],
  ["setpgid", 109, 154],
  ["sched_setaffinity", 203, 122],
  ["ioprio_set", 251, 30],
  // Namespaces, mounts, files by handle.
  ["unshare", 272, 97],
  ["setns", 308, 268],
  ["mount", 165, 40],
  ["umount2", 166, 39],
  ["pivot_root", 155, 41],
  ["chroot", 161, 51],
  ["open_tree", 428, 428],
  ["move_mount", 429, 429],
  ["fsopen", 430, 430],
  ["fsconfig", 431, 431],
  ["fsmount", 432, 432],
  ["fspick", 433, 433],
  ["mount_setattr", 442, 442],
  ["open_by_handle_at", 304, 265],
  ["name_to_handle_at", 303, 264],
  // Machinery of the kernel that is rich in holes and of no use to a calculator.
  ["bpf", 321, 280],
  ["perf_event_open", 298, 241],
  ["userfaultfd", 323, 282],
  ["keyctl", 250, 219],
  ["add_key", 248, 217],
  ["request_key", 249, 218],
  ["fanotify_init", 300, 262],
  ["personality", 135, 92],
  ["modify_ldt", 154, -1],
  ["iopl", 172, -1],
  ["ioperm", 173, -1],
  ["init_module", 175, 105],
  ["finit_module", 313, 273],
  ["delete_module", 176, 106],
  ["kexec_load", 246, 104],
  ["kexec_file_load", 320, 294],
  ["reboot", 169, 142],
  ["swapon", 167, 224],
  ["swapoff", 168, 225],
  ["syslog", 103, 116],
  ["acct", 163, 89],
  ["quotactl", 179, 60],
  ["quotactl_fd", 443, 443],
  // Memory that outlives the process or is shared with others.
  ["memfd_create", 319, 279],
  ["memfd_secret", 447, 447],
  ["shmget", 29, 194],
  ["shmat", 30, 196],
  ["shmctl", 31, 195],
  ["msgget", 68, 186],
  ["msgsnd", 69, 189],
  ["msgrcv", 70, 188],
  ["msgctl", 71, 187],
  ["semget", 64, 190],
  ["semop", 65, 193],
  ["semtimedop", 220, 192],
  ["semctl", 66, 191],
  ["mq_open", 240, 180],
  ["mq_unlink", 241, 181],
];

/** Told "there is no such call", so that who asks falls back: the C library to `clone`, libuv to plain polling. */
const absent: readonly Row[] = [
  ["clone3", 435, 435],
  ["io_uring_setup", 425, 425],
  ["io_uring_enter", 426, 426],
  ["io_uring_register", 427, 427],
];

const clone: Row = ["clone", 56, 220];
const prctl: Row = ["prctl", 157, 167];
const signal: Row = ["kill", 62, 129];
/** What a thread needs, and flags by which a call would make a namespace. */
const cloneThread = 0x00010000;
const cloneNamespaces = 0x7e020080;
/** `kill` with this is for the whole process group, and its keeper is in it. */
const ownGroup = 0;
/** `prctl` with this takes off the leash that ends the process with its parent. */
const setParentDeathSignal = 1;

/** AUDIT_ARCH_X86_64 and AUDIT_ARCH_AARCH64. */
const machines: Partial<Record<string, { machine: number; column: 1 | 2 }>> = {
  x64: { machine: 0xc000003e, column: 1 },
  arm64: { machine: 0xc00000b7, column: 2 },
};
const x32Bit = 0x40000000;

const allow = 0x7fff0000;
const kill = 0x80000000;
const eperm = 0x00050001;
const enosys = 0x00050026;

/** Offsets in `struct seccomp_data`; of the first argument the low half (both machines are little-endian). */
const offsets = { number: 0, machine: 4, argument: 16 };
const opcodes = { load: 0x20, equal: 0x15, atLeast: 0x35, anyBit: 0x45, end: 0x06 };
const instructionBytes = 8;

/** An instruction: what it does, its operand, and how many to skip when a comparison holds and when not. */
type Instruction = readonly [code: number, operand: number, ifTrue?: number, ifFalse?: number];

/** The filter for this kind of machine as bubblewrap's `--seccomp` reads it, or undefined where its numbers are not known. `arch` as in `process.arch`. */
export function makeFilter(arch: string): Buffer | undefined {
  const known = machines[arch];
  if (known === undefined) return undefined;
  const { machine, column } = known;
  const { load, equal, atLeast, anyBit, end } = opcodes;
  const without = (rows: readonly Row[], answer: number) =>
    rows
      .filter((row) => row[column] >= 0)
      .flatMap((row): Instruction[] => [
        [equal, row[column], 0, 1],
        [end, answer],
      ]);
  return assemble([
    [load, offsets.machine],
    [equal, machine, 1, 0],
    [end, kill],
    [load, offsets.number],
    [atLeast, x32Bit, 0, 1],
    [end, kill],
    ...without(refused, eperm),
    ...without(absent, enosys),
    // A new thread may be; a new process, or a thread in a namespace of its own, may not.
    [equal, clone[column], 0, 4],
    [load, offsets.argument],
    [anyBit, cloneNamespaces, 1, 0],
    [anyBit, cloneThread, 5, 0],
    [end, eperm],
    [equal, prctl[column], 0, 3],
    [load, offsets.argument],
    [equal, setParentDeathSignal, 0, 1],
    [end, eperm],
    [load, offsets.number],
    [equal, signal[column], 0, 3],
    [load, offsets.argument],
    [equal, ownGroup, 0, 1],
    [end, eperm],
    [end, allow],
  ]);
}

function assemble(program: readonly Instruction[]): Buffer {
  const bytes = Buffer.alloc(program.length * instructionBytes);
  for (const [index, [code, operand, ifTrue = 0, ifFalse = 0]] of program.entries()) {
    const at = index * instructionBytes;
    bytes.writeUInt16LE(code, at);
    bytes.writeUInt8(ifTrue, at + 2);
    bytes.writeUInt8(ifFalse, at + 3);
    bytes.writeUInt32LE(operand, at + 4);
  }
  return bytes;
}
