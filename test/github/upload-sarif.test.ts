import { afterEach, describe, expect, it } from 'vitest';
import { Secret } from '../../src/core/secret.js';
import { type SarifUpload, type UploadOutcome, uploadSarif } from '../../src/github/upload-sarif.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import {
  BRANCH_HEAD,
  type CodeScanningOptions,
  type CodeScanningServer,
  startCodeScanning,
} from '../support/code-scanning-server.js';
import { githubContext } from '../support/github-context.js';

const TOKEN = fakeKey('github', 'upload');
const COMMIT = 'a'.repeat(40);

let server: CodeScanningServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function upload(
  options: CodeScanningOptions = {},
  more: Partial<SarifUpload> = {},
): Promise<{ readonly outcome: UploadOutcome; readonly server: CodeScanningServer }> {
  const started = await startCodeScanning(options);
  server = started;
  const context = githubContext();
  try {
    const outcome = await uploadSarif(
      {
        apiUrl: started.origin,
        token: Secret.of(TOKEN),
        repository: 'acme/web',
        commit: COMMIT,
        ref: undefined,
        sarif: '{"runs":[]}\n',
        retryUnitMs: 1,
        ...more,
      },
      context,
    );
    return { outcome, server: started };
  } finally {
    await context.session.close();
  }
}

const reasonOf = (outcome: UploadOutcome): string => ('reason' in outcome ? outcome.reason : '');

describe('uploading to code scanning', () => {
  it('sends the file, for the scanned commit of the default branch, and waits until GitHub has read it', async () => {
    const { outcome, server: scanning } = await upload();
    expect(outcome).toEqual({ status: 'accepted' });
    expect(scanning.received).toEqual([
      {
        repository: 'acme/web',
        commit: COMMIT,
        ref: 'refs/heads/trunk',
        authorization: `Bearer ${TOKEN}`,
        text: '{"runs":[]}\n',
      },
    ]);
    expect(scanning.requests.filter((line) => line.endsWith('/receipt-1')).length).toBe(2);
  });

  it('takes the head of the default branch for what belongs to no commit', async () => {
    const { server: scanning } = await upload({}, { commit: undefined });
    expect(scanning.received[0]?.commit).toBe(BRANCH_HEAD);
  });

  it('names the ref that it is given', async () => {
    const { server: scanning } = await upload({}, { ref: 'refs/pull/7/merge' });
    expect(scanning.received[0]?.ref).toBe('refs/pull/7/merge');
  });

  it('waits for a file that is not known everywhere yet', async () => {
    const processing = [{ status: 404 }, { processing_status: 'complete' }];
    expect((await upload({ processing })).outcome).toEqual({ status: 'accepted' });
  });

  it('tells what GitHub says of a file that it could not read, but not all of a thousand errors', async () => {
    const errors = [
      'locationFromSarifResult: expected a location',
      ...Array.from({ length: 999 }, () => 'x'.repeat(5_000)),
    ];
    const { outcome } = await upload({ processing: [{ processing_status: 'failed', errors }] });
    expect(outcome.status).toBe('failed');
    expect(reasonOf(outcome)).toContain('expected a location');
    expect(reasonOf(outcome)).toContain('995 more');
    expect(reasonOf(outcome).length).toBeLessThan(2_000);
  });

  it('gives up on a file that is never read', async () => {
    const { outcome } = await upload({ processing: [{ processing_status: 'pending' }] });
    expect(reasonOf(outcome)).toContain('two minutes');
  });

  it.each([
    [403, 'Resource not accessible by integration', /security-events: write/],
    [404, 'Not Found', /not there for this token/],
    [413, 'Payload Too Large', /larger than GitHub takes/],
    [422, 'commit not found', /Audit again/],
    [400, 'Invalid SARIF', /did not accept the file/],
    [401, 'Bad credentials', /does not accept the token/],
    [403, 'API rate limit exceeded', /fewer requests/],
  ])('says what to do when GitHub answers %i: %s', async (status, message, advice) => {
    const { outcome } = await upload({ refuse: { status, message } });
    expect(outcome.status).toBe('failed');
    expect(reasonOf(outcome)).toMatch(advice);
    expect(reasonOf(outcome)).not.toContain(TOKEN);
  });

  it('leaves an archived repository alone', async () => {
    const { outcome, server: scanning } = await upload({ archived: ['acme/web'] });
    expect(outcome.status).toBe('skipped');
    expect(scanning.requests.filter((line) => line.startsWith('POST'))).toEqual([]);
  });

  it('says so when nothing answers', async () => {
    const { outcome } = await upload({}, { apiUrl: 'http://127.0.0.1:9' });
    expect(reasonOf(outcome)).toContain('cannot be reached');
  });
});
