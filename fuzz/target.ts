/** What the fuzzer may be pointed at: how inputs are made, and what must hold of the answers to them. */
import type { Case } from "./case.ts";
import type { Dice } from "./dice.ts";
import type { Subject } from "./subject.ts";

/** `executions`: how many parts the server was really given to judge. `explained`: differences by design, by rule. */
export type Verdict = { reason: string | undefined; executions: number; explained?: ReadonlyMap<string, number> };

export type Target = {
  readonly name: "frame" | "message" | "text" | "expression";
  /** Settings of the server over those of `subject.ts`, as on its command line. */
  readonly settings?: readonly string[];
  make(dice: Dice): Case;
  /** One connection to the server from its first byte to its last. */
  try(one: Case, subject: Subject): Promise<Verdict>;
  /** Lets go of what it holds. */
  close?(): Promise<void>;
};
