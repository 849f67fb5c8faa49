// One Steward for all tests; each test has a world of its own in its sandbox.
import fs from "node:fs";
import { told } from "./counted.ts";
import { start } from "./steward.ts";

export default async function globalSetup() {
  const steward = await start();
  process.env.STEWARD_URL = steward.url;
  process.env.STEWARD_SANDBOX_URL = steward.sandbox;
  process.env.STEWARD_LOG = steward.log;
  process.env.STEWARD_DATA = steward.data;
  return async () => {
    for (const sentence of told()) console.log(sentence);
    await steward.stop();
    fs.rmSync(steward.data, { recursive: true, force: true });
  };
}
