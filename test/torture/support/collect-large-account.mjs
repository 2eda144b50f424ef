// Prints what reading a large account took, as JSON: node collect-large-account.mjs PROJECTS KEYS_PER_PROJECT
import { collectInventory } from '../../../dist/inventory/collect.js';
import { fakeKey } from '../../../dist/sandbox/fake-keys.js';
import { Account, Clock, START_MS } from './large-account.mjs';

const clock = new Clock();
const [projects, perProject] = process.argv.slice(2).map(Number);
const account = new Account(clock, { projects, perProject });
const cpu = process.cpuUsage();
const { inventory } = await clock.run(
  collectInventory(
    [{ id: 'v', vendor: 'api-video', baseUrl: 'https://admin.example', credential: { env: 'KEY' } }],
    {
      signal: new AbortController().signal,
      clock,
      progress: { note: () => undefined, detail: () => undefined },
      env: { KEY: fakeKey('api-video', 'admin') },
      dispatcher: account,
    },
  ),
);
const { user, system } = process.cpuUsage(cpu);
console.log(
  JSON.stringify({
    keys: inventory.keys.length,
    isComplete: inventory.coverage.every(({ status }) => status === 'complete'),
    requests: account.requests,
    refused: account.refused,
    minutes: (clock.nowMs - START_MS) / 60_000,
    cpuSeconds: (user + system) / 1e6,
    mb: process.resourceUsage().maxRSS / 1024,
  }),
);
