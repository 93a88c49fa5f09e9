/** Wherever a token may have come to stand in a text (a field, a message, a stack): its secret half is taken out. */
export function redact(text: string): string {
  return text.replace(/(ckt_[0-9a-f]{16}_)[0-9a-f]{1,64}/g, "$1[redacted]");
}
