/**
 * The realm of a jailed process is closed: every probe that poisons it is stopped, by a process that is started as
 * production starts it, and the next client is answered as ever. In a process without what closes the realm each of
 * them gets through; that is the control.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { readReferences } from "../../src/cli/corpus.ts";
import { REALM_PROBES } from "../../src/jail/probe-realm.ts";
import { buildRealm, type RealmBuild, RealmProcess } from "./realm-process.ts";

const references = readReferences();
const REALM = { expression: "#realm" };

describe("a closed realm", () => {
  let build: RealmBuild;
  let process: RealmProcess;
  let realm = "";
  before(async () => {
    build = await buildRealm();
    process = await RealmProcess.start(build);
    realm = (await process.ask([...references, REALM, ...references, REALM])).at(-1)?.value?.text ?? "";
  });
  after(async () => {
    await process.close();
    build.remove();
  });

  test("nothing of the language can be changed", async () => {
    const [found] = await process.ask([{ expression: "#loose" }]);
    assert.equal(found?.value?.text, "");
  });

  for (const { id, aims } of REALM_PROBES) {
    test(`${id} is stopped: ${aims}`, async () => {
      const [probed, ...rest] = await process.ask([{ expression: `#probe ${id}` }, ...references, REALM]);
      assert.match(probed?.value?.text ?? "", /^stopped: /);
      assert.equal(rest.pop()?.value?.text, realm);
      const answers = rest.map(({ id: _id, us: _us, ...answer }) => JSON.stringify(answer));
      assert.deepEqual(
        answers,
        references.map(({ answer }) => JSON.stringify(answer)),
      );
    });
  }
});

describe("an open realm, the control", { concurrency: 2 }, () => {
  let build: RealmBuild;
  before(async () => {
    build = await buildRealm({ open: true });
  });
  after(() => build.remove());

  for (const { id } of REALM_PROBES) {
    test(`${id} gets through`, async () => {
      const process = await RealmProcess.start(build);
      try {
        const [probed] = await process.ask([{ expression: `#probe ${id}` }]);
        assert.match(probed?.value?.text ?? "", /^reached: /);
      } finally {
        await process.close();
      }
    });
  }
});
