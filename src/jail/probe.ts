/**
 * A probe: one thing an attacker would try who already runs code inside a jailed process. It ships in the jail, so that
 * an installation can be tried as it is, and runs only in a process whose start line asks for it.
 */

export type Probe = {
  readonly id: string;
  /** What the attacker wants, in plain words. */
  readonly aims: string;
  /** Answers evidence of what it reached; throws, or rejects, when it was stopped. */
  attack(): string | Promise<string>;
};
