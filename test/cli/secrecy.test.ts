import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.js';
import { run } from '../../src/cli/run.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import {
  adminPage,
  apiKey,
  delivered,
  deliveryUrl,
  keysUrl,
  project,
  projectsUrl,
} from '../support/api-video-answers.js';
import { findCanaries, readAllFiles } from '../support/canaries.js';
import { type ScriptedServer, startScriptedServer } from '../support/scripted-server.js';
import { createTestShell, type TestShell } from '../support/test-shell.js';

const ADMIN = fakeKey('api-video', 'secrecy admin');
const LISTED = fakeKey('api-video', 'secrecy listed');
const VALUES = [ADMIN, LISTED];

let shell: TestShell;
let server: ScriptedServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
  await shell.clean();
});

async function auditOf(script: Parameters<typeof startScriptedServer>[0]): Promise<Record<string, string>> {
  server = await startScriptedServer(script);
  shell = await createTestShell({ env: { ADMIN_KEY: ADMIN } });
  const source = `{ id: video, vendor: api-video, baseUrl: "${server.origin}", credential: { env: ADMIN_KEY } }`;
  await writeFile(
    join(shell.folder, 'audit.config.yaml'),
    `version: 1\nsources: [${source}]\nrepositories: { local: [work] }\n`,
  );
  await mkdir(join(shell.folder, 'work'), { recursive: true });
  await plant(join(shell.folder, 'work'));
  const code = await run(
    ['audit', '--format', 'sarif,markdown,html,json,junit,csv', '--out', 'out'],
    COMMANDS,
    shell,
  );
  expect([0, 1, 3]).toContain(code);
  const { out, err, progress } = shell.said;
  return { out, err, progress, ...(await readAllFiles(join(shell.folder, 'out'))) };
}

/** A repository in which a value stands where reports show text: in names of files, branches, tags and people. */
async function plant(folder: string): Promise<void> {
  const identity = { name: `dev ${LISTED}`, email: `${LISTED}@example.com` };
  const git = (...args: readonly string[]): void => {
    execFileSync('git', ['-c', `user.name=${identity.name}`, '-c', `user.email=${identity.email}`, ...args], {
      cwd: folder,
      stdio: 'pipe',
      env: { PATH: process.env['PATH'], GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' },
    });
  };
  git('init', '--quiet', '--initial-branch', `wip-${LISTED}`);
  await mkdir(join(folder, LISTED));
  await writeFile(join(folder, LISTED, `${LISTED}.env`), `API_VIDEO_KEY=${LISTED}\n`);
  git('add', '.');
  git('commit', '--quiet', '--message', `use ${LISTED}`);
  git('tag', '--annotate', `v-${LISTED}`, '--message', `with ${LISTED}`);
}

describe('a value that others put where reports show text', () => {
  it('does not pass: key names, project names, paths, branches, tags, authors', async () => {
    const texts = await auditOf({
      [projectsUrl]: { json: adminPage([project('p1', { name: `Project ${LISTED}` })]) },
      [keysUrl('p1')]: {
        json: adminPage([
          apiKey('api_key_1', {
            name: `prod ${LISTED} ${Buffer.from(LISTED).toString('base64')}`,
            value: LISTED,
          }),
        ]),
      },
      [deliveryUrl('p1')]: { json: delivered(5) },
    });
    expect(texts['keyaudit.json']).toContain('[redacted]');
    expect(texts['keyaudit.json']).toContain('leaked-live');
    expect(findCanaries(VALUES, texts)).toEqual([]);
  });

  it('does not pass: the body and headers of an error', async () => {
    const texts = await auditOf({
      [projectsUrl]: {
        status: 401,
        json: {
          type: `https://example.com/${ADMIN}`,
          title: `bad key ${ADMIN}`,
          detail: Buffer.from(`${ADMIN}:`).toString('base64'),
        },
        headers: { 'x-echo': ADMIN },
      },
    });
    expect(texts['out']).toContain('401');
    expect(findCanaries(VALUES, texts)).toEqual([]);
  });
});
