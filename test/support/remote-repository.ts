import type { RemoteRepository } from '../../src/github/remote-repository.js';

/** A repository as GitHub lists it, after its check. */
export const aRemoteRepository = (more: Partial<RemoteRepository> = {}): RemoteRepository => ({
  kind: 'repository',
  name: 'acme/web',
  cloneUrl: 'https://github.example/acme/web.git',
  webUrl: 'https://github.example/acme/web',
  visibility: 'private',
  archived: false,
  fork: false,
  id: '1',
  nodeId: undefined,
  closedAt: undefined,
  disabled: false,
  defaultBranch: 'main',
  hasWiki: false,
  hasDiscussions: false,
  pushedAt: undefined,
  sizeKib: 1,
  ...more,
});
