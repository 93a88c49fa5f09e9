/** What one gets by putting two packages together by hand: jayson over TCP, mathjs in the same process, no sandbox. */
import jayson from "jayson";
import { evaluate } from "mathjs";
import { announce, type Question } from "./host.ts";

const methods = {
  "calc.evaluate": ({ expression, variables }: Question, reply: (error: Error | null, result?: unknown) => void) => {
    reply(null, { value: evaluate(expression, { ...variables }) });
  },
};

announce(new jayson.Server(methods).tcp());
