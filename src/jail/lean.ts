/**
 * Keeps small what mathjs makes: thousands of converters of arguments, each with a name that only a debugger reads. V8 keeps
 * a function that was given another name as a table, ten times as large. With the prototypes (`freeze.ts`) that was a quarter of the heap.
 */

/** typed-function names a converter by what it does, as in `number~>BigNumber;pass`; all other names are words. */
const CONVERTER = /[~;]/;

/** Makes something with `Object.defineProperty` set to leave converters as they are. Only before the language is frozen. */
export function makeLean<T>(make: () => T): T {
  const { defineProperty } = Object;
  Object.defineProperty = (owner, key, descriptor) => {
    if (key === "name" && CONVERTER.test(String(descriptor.value))) return owner;
    return defineProperty(owner, key, descriptor);
  };
  try {
    return make();
  } finally {
    Object.defineProperty = defineProperty;
  }
}
