/** The filter on system calls, run here by a small machine of our own, since one kernel knows one kind of processor only. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeFilter } from "../../src/evaluator/seccomp.ts";

const verdicts: Record<number, string> = { 2147418112: "allow", 2147483648: "kill", 327681: "EPERM", 327718: "ENOSYS" };

/** What the kernel would say of one call. `data` as in `struct seccomp_data`: number, machine, two words of address, first argument. */
function judge(program: Buffer, number: number, machine: number, argument = 0): string | undefined {
  const data = [number, machine, 0, 0, argument];
  for (let at = 0, loaded = 0; at < program.length; at += 8) {
    const operand = program.readUInt32LE(at + 4);
    const jump = (holds: boolean) => 8 * program.readUInt8(at + (holds ? 2 : 3));
    const code = program.readUInt16LE(at);
    if (code === 0x06) return verdicts[operand];
    if (code === 0x20) loaded = data[operand / 4] ?? assert.fail("reads beyond the data");
    else if (code === 0x15) at += jump(loaded === operand);
    else if (code === 0x35) at += jump(loaded >= operand);
    else if (code === 0x45) at += jump((loaded & operand) !== 0);
    else assert.fail(`unknown instruction ${code}`);
  }
  return undefined;
}

const threadFlags = 0x3d0f00;
const processFlags = 0x1200011;
const newNet = 0x40000000;

const machines = [
  { arch: "x64", machine: 0xc000003e, read: 0, execve: 59, socket: 41, ptrace: 101, bpf: 321, clone: 56, prctl: 157 },
  { arch: "arm64", machine: 0xc00000b7, read: 63, execve: 221, socket: 198, ptrace: 117, bpf: 280, clone: 220, prctl: 167 },
];

const killOf: Record<string, number> = { x64: 62, arm64: 129 };

for (const { arch, machine, ...calls } of machines) {
  test(`on ${arch} the ways out are refused, and what Node lives on is allowed`, () => {
    const program = makeFilter(arch) ?? assert.fail("no filter");
    const ask = (number: number, argument?: number) => judge(program, number, machine, argument);
    assert.deepEqual([ask(calls.read), ask(calls.execve)], ["allow", "allow"]);
    assert.deepEqual([ask(calls.socket), ask(calls.ptrace), ask(calls.bpf)], ["EPERM", "EPERM", "EPERM"]);
    assert.deepEqual([ask(435), ask(425)], ["ENOSYS", "ENOSYS"], "clone3 and io_uring_setup");
    assert.equal(ask(calls.clone, threadFlags), "allow");
    assert.equal(ask(calls.clone, processFlags), "EPERM");
    assert.equal(ask(calls.clone, threadFlags + newNet), "EPERM");
    assert.deepEqual([ask(calls.prctl, 1), ask(calls.prctl, 15)], ["EPERM", "allow"], "the leash stays on");
    const kill = killOf[arch] ?? assert.fail("unknown");
    assert.deepEqual([ask(kill, 0), ask(kill, 1)], ["EPERM", "allow"], "the keeper is in its process group");
    assert.equal(judge(program, calls.read, 0x40000003), "kill", "a call of i386");
    assert.equal(ask(0x40000000 + calls.read), "kill", "a call of x32");
  });

  test(`on ${arch} every call there is gets an answer`, () => {
    const program = makeFilter(arch) ?? assert.fail("no filter");
    for (let number = 0; number < 1_024; number += 1) assert.ok(judge(program, number, machine) !== undefined);
  });
}

test("where the numbers are not known there is no filter", () => {
  assert.equal(makeFilter("riscv64"), undefined);
});
