import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config/config.js';
import { COGNITIVE3D_KEYS } from '../../src/sandbox/company/cognitive3d-keys.js';
import { EGRESS } from '../../src/sandbox/company/networks.js';
import { ROSTER } from '../../src/sandbox/company/people.js';
import { VIDBEO_AUDIT_LABEL, vidbeoKey } from '../../src/sandbox/company/vidbeo-keys.js';
import { sandboxCredentials } from '../../src/sandbox/sandbox-credentials.js';
import { SANDBOX_PORT } from '../../src/sandbox/start-sandbox.js';

const text = readFileSync(new URL('../../audit.config.yaml', import.meta.url), 'utf8');
const config = readConfig({ file: 'audit.config.yaml', text });
const source = (vendor: string): Record<string, unknown> => ({
  ...config.sources.find((entry) => entry.vendor === vendor),
});

describe("the demo's configuration", () => {
  it('points at the sandbox, and at nothing else', () => {
    const hosts = new Set([...text.matchAll(/^[^#\n]*(https?:\/\/[^/\s]+)/gm)].map((match) => match[1]));
    expect([...hosts]).toEqual([`http://127.0.0.1:${SANDBOX_PORT}`]);
  });

  it('reads from its environment exactly what the sandbox gives', () => {
    const named = [...text.matchAll(/env: (KEYAUDIT_DEMO_[A-Z0-9_]+)/g)].map((match) => match[1] ?? '');
    expect(named.toSorted()).toEqual(Object.keys(sandboxCredentials()).toSorted());
  });

  it('declares the Cognitive3D keys of the seed', () => {
    expect(source('cognitive3d')['keys']).toMatchObject(
      COGNITIVE3D_KEYS.map(({ id, name, access, owner, system, issued, envName, fingerprint }) => ({
        id,
        name,
        access,
        owner,
        system,
        issued: `${issued}T00:00:00.000Z`,
        ...(envName === undefined ? { fingerprint } : { credential: { env: envName } }),
      })),
    );
  });

  it("knows the seed's people, addresses and the audit's own key", () => {
    expect(config.roster?.users).toEqual(ROSTER);
    expect(config.network.egress).toEqual(Object.values(EGRESS));
    expect(source('vidbeo')['auditKeyId']).toBe(vidbeoKey(VIDBEO_AUDIT_LABEL).id);
  });
});
