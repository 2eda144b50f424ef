import { beforeAll, describe, expect, it } from 'vitest';
import { ProblemsError } from '../../src/core/errors/problem.js';
import type { Inventory } from '../../src/core/inventory.js';
import { inventoryJsonSchema } from '../../src/inventory/inventory-schema.js';
import { readInventory, writeInventory } from '../../src/inventory/record.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import {
  adminPage,
  apiKey,
  delivered,
  deliveryUrl,
  hosted,
  hostingUrl,
  keysUrl,
  project,
  projectsUrl,
} from '../support/api-video-answers.js';
import { testContext } from '../support/collect-context.js';
import { collectScript } from '../support/collect-script.js';

const ADMIN = fakeKey('api-video', 'admin');
let inventory: Inventory;
let text: string;

beforeAll(async () => {
  const script = {
    [projectsUrl]: {
      json: adminPage([project('p1', { deletes_at: '2026-12-01T00:00:00Z' }), project('p2')]),
    },
    [keysUrl('p1')]: { json: adminPage([apiKey('k1', { name: undefined })]) },
    [keysUrl('p2')]: { json: {}, status: 403 },
    [deliveryUrl('p1')]: { json: delivered(0) },
    [hostingUrl('p1')]: { json: hosted(3) },
    [deliveryUrl('p2')]: { json: delivered(1) },
  };
  const source = (origin: string) => ({
    id: 'video',
    vendor: 'api-video',
    baseUrl: origin,
    credential: { env: 'ADMIN' },
  });
  const collected = await collectScript(script, source, testContext({ ADMIN }));
  const [first, ...rest] = collected.inventory.keys;
  if (first === undefined) throw new Error('no keys');
  const declared = {
    owner: 'team-video',
    system: undefined,
    purpose: undefined,
    access: 'read',
    environment: undefined,
    reviewBy: undefined,
    expires: undefined,
    status: 'active',
    at: { file: 'audit.keys.yaml', line: 3 },
  } as const;
  inventory = { ...collected.inventory, keys: [{ ...first, declared }, ...rest] };
  text = writeInventory(inventory);
});

describe('a recorded inventory', () => {
  it('gives back what was written', () => {
    expect(readInventory(text, 'inventory.json')).toEqual(inventory);
  });

  it('has the same bytes when it is written again, or from fields in another order', () => {
    expect(writeInventory(readInventory(text, 'inventory.json'))).toBe(text);
    const turned = {
      ...inventory,
      keys: inventory.keys.map(
        (key) => Object.fromEntries(Object.entries(key).toReversed()) as unknown as typeof key,
      ),
    };
    expect(writeInventory(turned)).toBe(text);
  });

  it('holds fingerprints, coverage and reasons, and no value', () => {
    expect(text).toContain('"kf1:43:');
    expect(text).toContain('keys of p2');
    expect(text).not.toContain(ADMIN);
    expect(text).not.toContain(fakeKey('api-video', 'k1'));
  });

  it('has a JSON Schema', () => {
    expect(inventoryJsonSchema()).toMatchObject({
      type: 'object',
      required: expect.arrayContaining(['coverage']) as unknown,
    });
  });
});

describe('a file that is not a recorded inventory', () => {
  const problemsOf = (broken: string): readonly string[] => {
    try {
      readInventory(broken, 'inv.json');
    } catch (error) {
      if (error instanceof ProblemsError)
        return error.problems.map(({ line, message }) => `${line}: ${message}`);
    }
    return [];
  };

  it.each([
    ['of another version', '"schemaVersion": 2', /^2: schemaVersion: /],
    ['with an unknown field', '"note": 1,\n  "schemaVersion": 1', /^2: the file: unknown setting "note"/],
  ])('%s is refused by line', (_name, instead, message) => {
    const broken = text.replace('"schemaVersion": 1', instead);
    expect(problemsOf(broken)).toEqual([expect.stringMatching(message)]);
  });

  it('that is very large is refused by path, without a long search for the line', () => {
    const large = text.replace('"schemaVersion": 1', `"schemaVersion": 2${' '.repeat(5_000_000)}`);
    expect(problemsOf(large)).toEqual([expect.stringMatching(/^1: schemaVersion: /)]);
  });

  it.each([
    ['cut off', () => text.slice(0, text.length / 2)],
    ['empty', () => ''],
    ['a list', () => '[]'],
    ['with a name on which a check would trip', () => '{"keys": {"length": {"toString": 1}}}'],
    ['without its coverage', () => text.replace('"coverage"', '"cover"')],
    ['with an impossible date', () => text.replace(/"collectedAt": "[^"]+"/, '"collectedAt": "2026-02-30"')],
    ['with a fact of no known state', () => text.replace('"state": "known"', '"state": "maybe"')],
    [
      'with a fact that is known and has no value',
      () => text.replace(/"value": "Project p1"/, '"reason": "x"'),
    ],
    ['with a negative count', () => text.replace('"seen": 2', '"seen": -2')],
  ])('%s is refused', (_name, broken) => {
    expect(problemsOf(broken()).length).toBeGreaterThan(0);
  });
});
