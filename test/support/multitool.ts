import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Log } from 'sarif';

const require = createRequire(import.meta.url);

/**
 * Microsoft's validator, where it is installed. It is 104 MB and for Linux only, so it is no dependency:
 * `npm i --no-save @microsoft/sarif-multitool-linux@5.7.0`, or its path in `SARIF_MULTITOOL`.
 */
export function multitool(): string | undefined {
  const named = process.env['SARIF_MULTITOOL'];
  if (named !== undefined) return existsSync(named) ? named : undefined;
  try {
    return require('@microsoft/sarif-multitool-linux') as string;
  } catch {
    return undefined;
  }
}

/** Off unless a configuration turns them on. */
const GITHUB_RULES = [
  'GH1001.ProvideRequiredLocationProperties',
  'GH1002.InlineThreadFlowLocations',
  'GH1005.LocationsMustBeRelativeUrisOrFilePaths',
  'GH1006.ProvideCheckoutPath',
  'GH1007.ProvideFullyFormattedMessageStrings',
];
/**
 * GH1003 and SARIF2017 want a line where there is none: a string that is gone from HEAD stands on no line of it.
 * GH1004 has limits that no longer hold; SARIF2006 asks the network; the tool has no home page to name.
 */
const OFF = [
  'GH1004.ReviewArraysThatExceedConfigurableDefaults',
  'GH1003.ProvideRequiredRegionProperties',
  'SARIF2017.SARIFProvideRequiredRegionProperties',
  'SARIF2006.UrisShouldBeReachable',
  'SARIF2005.ProvideToolProperties',
];

const configuration = (): string => {
  const option = (rule: string, state: string): string =>
    `<Properties Key="${rule}.Options"><Property Key="RuleEnabled" Value="${state}" Type="Driver.RuleEnabledState" /></Properties>`;
  const options = [
    ...GITHUB_RULES.map((rule) => option(rule, 'Error')),
    ...OFF.map((rule) => option(rule, 'Disabled')),
  ];
  return `<?xml version="1.0" encoding="utf-8"?>\n<Properties>${options.join('\n')}</Properties>\n`;
};

/** Rule and message of everything that the validator says. It exits with 0 whatever it finds: its output counts. */
export function multitoolProblems(tool: string, texts: readonly string[]): readonly string[] {
  const folder = mkdtempSync(join(tmpdir(), 'keyaudit-sarif-'));
  try {
    const file = (name: string): string => join(folder, name);
    writeFileSync(file('config.xml'), configuration());
    mkdirSync(file('in'));
    texts.forEach((text, index) => writeFileSync(file(`in/${index}.sarif`), text));
    const args = [
      'validate',
      `${file('in')}/*.sarif`,
      '--rule-kind',
      'Sarif;Gh',
      '--config',
      file('config.xml'),
    ];
    const run = spawnSync(tool, [...args, '--output', file('output.sarif'), '--log', 'ForceOverwrite'], {
      env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' },
    });
    if (run.status !== 0 || !existsSync(file('output.sarif'))) return [`no output: ${String(run.stderr)}`];
    const log = JSON.parse(readFileSync(file('output.sarif'), 'utf8')) as Log;
    return (log.runs[0]?.results ?? []).map(
      ({ ruleId, message }) =>
        `${ruleId ?? ''} ${message.id ?? ''} ${JSON.stringify(message.arguments ?? message.text)}`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}
