/** GitLab jobs that audit on eight machines and join what they saw. Credentials come from masked CI/CD variables. */
export const SHARDS_GITLAB = `stages: [shard, merge]

keyaudit-shard:
  stage: shard
  image: node:22
  parallel: 8
  timeout: 2h
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule"
  script:
    - npx --yes keyaudit audit --shard "$CI_NODE_INDEX/$CI_NODE_TOTAL" --out "shards/$CI_NODE_INDEX"
  artifacts:
    paths: [shards]
    expire_in: 1 day
  # One shard that fails is told by the merge.
  allow_failure: true

keyaudit-merge:
  stage: merge
  image: node:22
  rules:
    - if: $CI_PIPELINE_SOURCE == "schedule"
  script:
    - npx --yes keyaudit merge shards
  artifacts:
    when: always
    paths: [reports]
`;
