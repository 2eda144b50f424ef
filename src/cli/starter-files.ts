import { readFile } from 'node:fs/promises';

/** What `keyaudit init` can set up besides the configuration. */
export const CI_SYSTEMS = [
  'github',
  'gitlab',
  'jenkins',
  'pre-commit',
  'github-shards',
  'gitlab-shards',
  'kubernetes-shards',
  'none',
] as const;
export type CiSystem = (typeof CI_SYSTEMS)[number];

/** A file to begin with: where it lies in the package's `templates`, and where it goes. */
export interface StarterFile {
  readonly template: string;
  readonly path: string;
}

/** The folder of this package, from `src` as from `dist`. */
const TEMPLATES = new URL('../../src/templates/', import.meta.url);

const ALWAYS: readonly StarterFile[] = ['audit.config.yaml', 'audit.keys.yaml'].map((name) => ({
  template: name,
  path: name,
}));

const BY_SYSTEM = {
  github: [
    { template: 'github/keyaudit.yml', path: '.github/workflows/keyaudit.yml' },
    { template: 'github/keyaudit-release-gate.yml', path: '.github/workflows/keyaudit-release-gate.yml' },
  ],
  gitlab: [{ template: 'gitlab/keyaudit.gitlab-ci.yml', path: '.gitlab/keyaudit.gitlab-ci.yml' }],
  jenkins: [{ template: 'jenkins/Jenkinsfile.keyaudit', path: 'Jenkinsfile.keyaudit' }],
  'pre-commit': [{ template: 'pre-commit/pre-commit-config.yaml', path: '.pre-commit-config.yaml' }],
  'github-shards': [
    { template: 'github/keyaudit-shards.yml', path: '.github/workflows/keyaudit-shards.yml' },
  ],
  'gitlab-shards': [
    { template: 'gitlab/keyaudit-shards.gitlab-ci.yml', path: '.gitlab/keyaudit-shards.gitlab-ci.yml' },
  ],
  'kubernetes-shards': [{ template: 'kubernetes/keyaudit-shards.yaml', path: 'keyaudit-shards.yaml' }],
  none: [],
} as const satisfies Record<CiSystem, readonly StarterFile[]>;

export const starterFiles = (system: CiSystem): readonly StarterFile[] => [...ALWAYS, ...BY_SYSTEM[system]];

export const starterText = ({ template }: StarterFile): Promise<string> =>
  readFile(new URL(template, TEMPLATES), 'utf8');
