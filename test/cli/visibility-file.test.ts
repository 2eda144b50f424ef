import { expect, it } from 'vitest';
import { parseInstant } from '../../src/core/instant.js';
import { openVisibility } from '../../src/cli/visibility-file.js';
import { aRemoteRepository } from '../support/remote-repository.js';
import { createTestShell } from '../support/test-shell.js';

it('tells a folder that nobody may write to as such, not as a bug', async () => {
  const shell = await createTestShell({});
  const asOf = parseInstant('2026-11-01');
  if (asOf === undefined) throw new Error('no such day');
  const refused = Object.assign(new Error('read-only file system'), { code: 'EROFS' });
  const readOnly = { ...shell, writeFile: () => Promise.reject(refused) };
  const file = await openVisibility({ directory: 'reports', isReadOnly: false, asOf }, readOnly);
  file.see('github.example', [aRemoteRepository({ visibility: 'private' })]);
  await expect(file.save()).rejects.toMatchObject({
    exitCode: 2,
    message: 'reports/visibility.json cannot be written: EROFS',
  });
  await shell.clean();
});
