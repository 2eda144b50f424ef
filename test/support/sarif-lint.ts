import type { Log, Result, Run } from 'sarif';

/** What neither the schema nor the multitool sees, and what makes GitHub refuse or misread a file. */
export function lintProblems(text: string): readonly string[] {
  const { runs } = JSON.parse(text) as Log;
  const ids = runs.map((run) => run.automationDetails?.id);
  return [
    ...complain(runs.length > 20, 'more than 20 runs'),
    ...complain(new Set(ids).size !== ids.length, 'two runs share a category'),
    ...runs.flatMap(runProblems),
  ];
}

function runProblems(run: Run): readonly string[] {
  const results = run.results ?? [];
  const keys = results.map((result) => JSON.stringify([result.ruleId, uriOf(result), hashOf(result)]));
  const withSuppressions = results.filter((result) => result.suppressions !== undefined).length;
  const withBaseline = results.filter((result) => result.baselineState !== undefined).length;
  const rules = new Set(run.tool.driver.rules?.map(({ id }) => id));
  return [
    ...complain(run.results === undefined, 'no results at all'),
    ...complain(new Set(keys).size !== keys.length, 'two results share rule, uri and hash'),
    ...complain(![0, results.length].includes(withSuppressions), 'suppressions on some results only'),
    ...complain(![0, results.length].includes(withBaseline), 'baseline states on some results only'),
    ...(run.tool.driver.rules ?? []).flatMap(ruleProblems),
    ...(run.invocations ?? []).flatMap((one) => {
      const error = (one.toolExecutionNotifications ?? []).some(({ level }) => level === 'error');
      return complain(error && one.executionSuccessful, 'successful in spite of an error');
    }),
    ...results.flatMap((result) => resultProblems(result, rules)),
  ];
}

function ruleProblems({
  id,
  properties,
  helpUri,
  fullDescription,
}: NonNullable<Run['tool']['driver']['rules']>[number]) {
  const severity: unknown = properties?.['security-severity'];
  return [
    ...complain(typeof severity !== 'string' || !/^\d\.\d$/.test(severity), `${id}: no severity text`),
    ...complain(!properties?.tags?.includes('security'), `${id}: not tagged as security`),
    ...complain((properties?.tags?.length ?? 0) > 10, `${id}: too many tags`),
    ...complain(helpUri !== undefined && !URL.canParse(helpUri), `${id}: broken link`),
    ...complain((fullDescription?.text.length ?? 0) > 1024, `${id}: description too long`),
  ];
}

function resultProblems(result: Result, rules: ReadonlySet<string>): readonly string[] {
  const text = result.message.text ?? '';
  const uris = [...(result.locations ?? []), ...(result.relatedLocations ?? [])].map(
    (location) => location.physicalLocation?.artifactLocation?.uri,
  );
  const links = [...text.matchAll(/(?<!\\)\]\((\d+)\)/g)].map((match) => Number(match[1]));
  const targets = new Set(result.relatedLocations?.map(({ id }) => id));
  return [
    ...complain(!rules.has(result.ruleId ?? ''), `unknown rule ${result.ruleId ?? ''}`),
    ...complain(uris.length === 0 || !uris.every(isRelative), `bad location ${uris.join(' ')}`),
    ...complain(/[{}]/.test(text.replaceAll('{{', '').replaceAll('}}', '')), 'a single brace in a message'),
    ...complain(!links.every((link) => targets.has(link)), 'a link to nowhere'),
    ...complain(result.kind !== 'fail' && result.level !== 'none', 'a level on what did not fail'),
    ...complain(hashOf(result) === undefined, 'no fingerprint'),
  ];
}

const uriOf = (result: Result) => result.locations?.[0]?.physicalLocation?.artifactLocation?.uri;
const hashOf = (result: Result) => result.partialFingerprints?.['primaryLocationLineHash'];

/** Resolves below a base, needs no decoding to be safe, and looks like neither a scheme nor a host. */
const isRelative = (uri: string | undefined): boolean =>
  uri !== undefined &&
  /^[\w.!~*'()%-]+(?:\/[\w.!~*'()%-]+)*$/.test(uri) &&
  new URL(uri, 'https://base.invalid/x/').href.startsWith('https://base.invalid/x/');

const complain = (wrong: boolean, message: string): readonly string[] => (wrong ? [message] : []);
