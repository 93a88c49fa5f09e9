/** Roles, from least to most: what a method asks for, what a session has, and the limits that come with it. */
import type { Config } from "../config.ts";
import type { MethodRow } from "../protocol/generated/methods.ts";
import type { Role } from "../protocol/generated/types.ts";

export type { Role };

export const ROLES: readonly Role[] = ["anyone", "user", "operator"];

/** `nobody`: an anonymous client of a server that refuses those, or one whose token was revoked. */
export type Standing = MethodRow["role"];

const RANKS: Readonly<Record<Standing, number>> = { nobody: 0, anyone: 1, user: 2, operator: 3 };

/** True when who stands so may call what asks for `least`. */
export function mayCall(standing: Standing, least: Standing): boolean {
  return RANKS[standing] >= RANKS[least];
}

/** The settings as they bind each standing: trust decides size. Under the same names, so whoever reads a limit needs to know no role. */
export function limitsByStanding(config: Config): Readonly<Record<Standing, Config>> {
  const small = { ...config, evaluateMsCeiling: config.evaluateMs };
  const large = {
    ...config,
    evaluateMsCeiling: Math.max(config.evaluateMsCeiling, config.evaluateMs),
    expressionBytesMax: Math.max(config.userExpressionBytesMax, config.expressionBytesMax),
    resultBytesMax: Math.max(config.userResultBytesMax, config.resultBytesMax),
    callsInFlightMax: Math.max(config.userCallsInFlightMax, config.callsInFlightMax),
    quotaCpuMs: config.quotaCpuMs === 0 ? 0 : Math.max(config.userQuotaCpuMs, config.quotaCpuMs),
  };
  return { nobody: small, anyone: small, user: large, operator: large };
}
