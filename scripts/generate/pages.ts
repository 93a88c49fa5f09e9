import type { Contract } from "./contract.ts";
export const renderProtocolPage = (_: Contract): string => "";
export const renderErrorsPage = (_: Contract): string => "";
export const renderConfigPage = (_: Contract): string => "";
