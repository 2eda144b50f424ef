/**
 * A GitHub Actions workflow that audits on eight machines and joins what they saw. Actions are pinned by the commits of
 * checkout v7.0.1, setup-node v7.0.0, upload-artifact v7.0.0 and download-artifact v8.0.1.
 */
export const SHARDS_GITHUB = `name: keyaudit on many machines
on:
  schedule:
    - cron: '17 4 * * 1'
  workflow_dispatch:
permissions:
  contents: read
concurrency: keyaudit-shards
jobs:
  shard:
    runs-on: ubuntu-latest
    timeout-minutes: 120
    strategy:
      # One shard that fails is told by the merge; the others go on.
      fail-fast: false
      matrix:
        index: [1, 2, 3, 4, 5, 6, 7, 8]
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
      - uses: actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0
        with:
          node-version: 22
      # 8 = how many indexes the matrix has.
      - run: npx --yes keyaudit audit --shard "$INDEX/8" --out "shards/$INDEX"
        env:
          INDEX: \${{ matrix.index }}
          # One line for each credential that audit.config.yaml names.
          APIVIDEO_ADMIN_KEY: \${{ secrets.APIVIDEO_ADMIN_KEY }}
          GITHUB_TOKEN: \${{ secrets.KEYAUDIT_GITHUB_TOKEN }}
          KEYAUDIT_PEPPER: \${{ secrets.KEYAUDIT_PEPPER }}
      - uses: actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0
        with:
          name: shard-\${{ matrix.index }}
          path: shards/\${{ matrix.index }}
          retention-days: 1
  merge:
    needs: shard
    # Also when a shard failed: then the result is incomplete, and says so.
    if: \${{ !cancelled() }}
    runs-on: ubuntu-latest
    timeout-minutes: 20
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
      - uses: actions/setup-node@820762786026740c76f36085b0efc47a31fe5020 # v7.0.0
        with:
          node-version: 22
      - uses: actions/download-artifact@3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c # v8.0.1
        with:
          pattern: shard-*
          path: shards
      - run: npx --yes keyaudit merge shards
        env:
          KEYAUDIT_PEPPER: \${{ secrets.KEYAUDIT_PEPPER }}
      - uses: actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f # v7.0.0
        if: \${{ !cancelled() }}
        with:
          name: keyaudit-reports
          path: reports
`;
