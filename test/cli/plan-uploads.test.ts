import { describe, expect, it } from 'vitest';
import { planUploads, type UploadPlan } from '../../src/cli/plan-uploads.js';
import { readConfig } from '../../src/config/config.js';
import { fileNames } from '../../src/reports/sarif/file-names.js';
import { aCoverage, aResult } from '../support/audit-result.js';

const HEAD = 'c'.repeat(40);

interface Case {
  readonly config?: string;
  readonly scanned?: readonly string[];
  /** Repositories whose file was left out. */
  readonly without?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly inventory?: boolean;
}

function plan({ config = '', scanned = [], without = [], env = {}, inventory = false }: Case): UploadPlan {
  const coverage = scanned.map((source) =>
    aCoverage({ source, kind: 'repository', part: 'objects', head: HEAD }),
  );
  const files = [...fileNames(scanned)]
    .filter(([repository]) => !without.includes(repository))
    .map(([, name]) => `github/${name}.sarif`);
  return planUploads(aResult({ coverage }), inventory ? [...files, 'github/inventory.sarif'] : files, {
    config: readConfig({ file: 'audit.config.yaml', text: `version: 1\n${config}` }),
    shell: { cwd: '/srv/checkouts/web', env },
  });
}

const GITHUB = `repositories:
  local: [., ../elsewhere]
  github:
    - { orgs: [acme], token: { env: ACME_TOKEN } }
    - { apiUrl: https://github.example.com/api/v3, orgs: [other], repos: [shared/tool] }
    - { repos: [shared/tool] }
`;

const goals = ({ uploads }: UploadPlan): readonly string[] =>
  uploads.map(({ repository, apiUrl }) => `${new URL(apiUrl).host} ${repository}`);

describe('where files for code scanning go', () => {
  it('sends each to the repository that it is about, at the GitHub that the configuration names for it', () => {
    const planned = plan({ config: GITHUB, scanned: ['acme/web', 'other/cms'] });
    expect(goals(planned)).toEqual(['api.github.com acme/web', 'github.example.com other/cms']);
    expect(planned.uploads[0]).toMatchObject({ commit: HEAD, ref: undefined, token: { env: 'ACME_TOKEN' } });
    expect(planned.problems).toEqual([]);
  });

  it('sends it by the app of the entry that names it', () => {
    const app = 'app: { id: 12, installationId: 77, privateKey: { env: APP_KEY } }';
    const config = `repositories: { github: [{ orgs: [acme], ${app} }] }`;
    const { uploads } = plan({ config, scanned: ['acme/web'] });
    expect(uploads).toMatchObject([
      { token: undefined, app: { id: '12', installationId: 77, privateKey: { env: 'APP_KEY' } } },
    ]);
  });

  it('sends nothing for a repository that has no file, because it was not read completely', () => {
    expect(goals(plan({ config: GITHUB, scanned: ['acme/web', 'acme/api'], without: ['acme/api'] }))).toEqual(
      ['api.github.com acme/web'],
    );
  });

  it('sends nothing for wikis and gists, which have no code scanning', () => {
    const scanned = ['acme/web.wiki', 'acme/gist-0123456789abcdef0123'];
    expect(plan({ config: GITHUB, scanned })).toEqual({ uploads: [], problems: [] });
  });

  it('does not guess which of two GitHubs has a repository of that name', () => {
    const { uploads, problems } = plan({ config: GITHUB, scanned: ['shared/tool'] });
    expect(uploads).toEqual([]);
    expect(problems.join()).toContain('two entries');
  });

  it('does not guess what a local folder is', () => {
    const { uploads, problems } = plan({ config: GITHUB, scanned: ['../elsewhere'] });
    expect(uploads).toEqual([]);
    expect(problems.join()).toContain('a folder of this machine');
  });

  it('knows the folder that a workflow checked out', () => {
    const env = {
      GITHUB_WORKSPACE: '/srv/checkouts/web',
      GITHUB_REPOSITORY: 'acme/web',
      GITHUB_REF: 'refs/pull/7/merge',
    };
    const { uploads } = plan({ config: GITHUB, scanned: ['.'], env });
    expect(uploads).toMatchObject([
      { repository: 'acme/web', ref: 'refs/pull/7/merge', commit: HEAD, token: { env: 'GITHUB_TOKEN' } },
    ]);
  });
});

describe('where the findings about keys go', () => {
  it('is what the configuration says', () => {
    const config = 'reports: { upload: { repository: acme/security, token: { env: SECURITY_TOKEN } } }\n';
    const env = { GITHUB_REPOSITORY: 'acme/web' };
    expect(plan({ config, inventory: true, env }).uploads).toMatchObject([
      { path: 'github/inventory.sarif', repository: 'acme/security', token: { env: 'SECURITY_TOKEN' } },
    ]);
  });

  it('is the repository of the workflow otherwise', () => {
    const env = { GITHUB_REPOSITORY: 'acme/web', GITHUB_API_URL: 'https://github.example.com/api/v3' };
    expect(goals(plan({ inventory: true, env }))).toEqual(['github.example.com acme/web']);
  });

  it.each([[undefined], ['not a name'], ['a/b/c']])('is told to be unknown for %s', (repository) => {
    const env: Record<string, string> = repository === undefined ? {} : { GITHUB_REPOSITORY: repository };
    const { uploads, problems } = plan({ inventory: true, env });
    expect(uploads).toEqual([]);
    expect(problems.join()).toContain('reports.upload.repository');
  });

  it('is nowhere when the inventory was left out', () => {
    expect(plan({ env: { GITHUB_REPOSITORY: 'acme/web' } })).toEqual({ uploads: [], problems: [] });
  });
});

describe('the name of a file for code scanning', () => {
  it.each([['.'], ['../elsewhere'], ['-rf'], ['_x']])('is never taken for an option: %s', (repository) => {
    expect(fileNames([repository]).get(repository)).toMatch(/^[A-Za-z0-9]/);
  });
});
