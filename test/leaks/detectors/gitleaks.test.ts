import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importNotes, loadConfiguredDetectors } from '../../../src/leaks/detectors/configured-detectors.js';
import { DetectorSet } from '../../../src/leaks/detectors/detector-set.js';
import { importGitleaks } from '../../../src/leaks/detectors/gitleaks.js';
import { fakeKey } from '../../../src/sandbox/fake-keys.js';
import { temporaryFolder } from '../../support/git-repository.js';

const key = fakeKey('vidbeo', 'imported');
const rule = (more: string, id = 'acme-key'): string => `
[[rules]]
id = "${id}"
description = "Acme key"
regex = '''(?i)acme[_-]?key\\s*[=:]\\s*["']?([A-Za-z0-9]{40})\\b'''
keywords = ["acme"]
${more}`;

function found(toml: string, text: string): string[] {
  const { detectors, refused } = importGitleaks(toml, 'rules.toml');
  expect(refused).toEqual([]);
  return new DetectorSet(detectors).detect(Buffer.from(text)).map(({ value, from }) => `${value} @${from}`);
}

describe('a rule in the format of gitleaks', () => {
  it.each([
    ['finds its first group', '', `ACME_KEY = "${key}"`, [`${key} @12`]],
    ['finds the group that it names', 'secretGroup = 1', `acmekey:${key}`, [`${key} @8`]],
    ['finds nothing without its keyword', '', `acne_key = "${key}"`, []],
    ['heeds its entropy', 'entropy = 5.5', `acme_key=${key}`, []],
    ['heeds a lower entropy', 'entropy = 3', `acme_key=${key}`, [`${key} @9`]],
    [
      'heeds stopwords in its allow-list',
      `[[rules.allowlists]]\nstopwords = ["${key.slice(5, 12)}"]`,
      `acme_key=${key}`,
      [],
    ],
    ['heeds patterns for the secret', `[[rules.allowlists]]\nregexes = ['^FAKE']`, `acme_key=${key}`, []],
    [
      'heeds patterns for the match',
      `[[rules.allowlists]]\nregexTarget = "match"\nregexes = ['^ACME']`,
      `acme_key=${key}`,
      [`${key} @9`],
    ],
    [
      'heeds patterns for the line',
      `[[rules.allowlists]]\nregexTarget = "line"\nregexes = ['# example']`,
      `acme_key=${key} # example`,
      [],
    ],
    [
      'keeps to the line',
      `[[rules.allowlists]]\nregexTarget = "line"\nregexes = ['# example']`,
      `# example\nacme_key=${key}`,
      [`${key} @19`],
    ],
    [
      'needs all of a list with AND',
      `[[rules.allowlists]]\ncondition = "AND"\nregexes = ['^FAKE']\nstopwords = ["nowhere"]`,
      `acme_key=${key}`,
      [`${key} @9`],
    ],
    ['heeds the older form of the list', `[rules.allowlist]\nregexes = ['^FAKE']`, `acme_key=${key}`, []],
    ['heeds the list of all rules', `[[allowlists]]\nregexes = ['^FAKE']`, `acme_key=${key}`, []],
    [
      'does not heed lists about other rules',
      `[[allowlists]]\ntargetRules = ["other"]\nregexes = ['^FAKE']`,
      `acme_key=${key}`,
      [`${key} @9`],
    ],
  ])('%s', (_, more, text, expected) => {
    expect(found(rule(more), text)).toEqual(expected);
  });

  it.each([
    [
      'a look-ahead',
      rule('').replace('\\b', '(?!x)'),
      'it has a look-around, which no linear-time engine has',
    ],
    [
      'a look-behind',
      rule('').replace('(?i)', '(?<=x)'),
      'it has a look-around, which no linear-time engine has',
    ],
    [
      'a back-reference',
      rule('').replace('\\b', '\\1'),
      'it has a back-reference, which no linear-time engine has',
    ],
    [
      'no regular expression',
      rule('').replace('\\b', '[[['),
      'it has not a regular expression in the syntax of RE2',
    ],
    ['a path', rule(`path = '\\.env$'`), 'it is about paths, which are not known where contents are read'],
    [
      'a short keyword',
      rule('').replace('"acme"', '"acme", "s"'),
      'its keyword "s" is shorter than 2 characters',
    ],
    [
      'no keyword',
      rule('').replace('"acme"', ''),
      'it has no keywords, and would have to be tried everywhere',
    ],
    [
      'a field that is not known',
      rule('required = [{ id = "x" }]'),
      'not understood: Unrecognized key: "required"',
    ],
  ])('is refused for %s', (_, toml, why) => {
    expect(importGitleaks(toml, 'f')).toMatchObject({ detectors: [], refused: [{ rule: 'acme-key', why }] });
  });

  it('is taken with what of its allow-list cannot be heeded', () => {
    const { detectors, unheeded } = importGitleaks(rule(`[[rules.allowlists]]\npaths = ['test']`), 'f');
    expect(detectors).toHaveLength(1);
    expect(unheeded).toEqual([{ rule: 'acme-key', what: 'the paths of its allow-list' }]);
  });

  it('is taken with a note on what the list of all rules has that cannot be heeded', () => {
    const everywhere = `[[allowlists]]\npaths = ['vendor/']\ncommits = ['abc']\nregexes = ['(?=a)b']`;
    expect(importGitleaks(rule(everywhere), 'f').unheeded).toEqual([
      {
        rule: '[allowlist]',
        what: 'the paths and commits and patterns that could backtrack of its allow-list',
      },
    ]);
  });

  it.each([
    ['no TOML', 'a = = b', 'f:1:5: expected valid TOML'],
    ['no rules', 'title = "x"', 'f:1:1: expected rules as gitleaks has them: [[rules]]'],
  ])('is an error in a file with %s', (_, toml, message) => {
    expect(() => importGitleaks(toml, 'f')).toThrow(message);
  });

  it('takes linear time, whatever its pattern', () => {
    const toml = rule('').replace(/regex = .*/, () => `regex = '''acme(a+)+$'''`);
    const start = performance.now();
    expect(found(toml, `acme${'a'.repeat(20_000)}b`)).toEqual([]);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

const token = fakeKey('cognitive3d-legacy', 'own').slice(0, 20);
const DETECTOR = `id: acme-token
vendor: acme
title: Acme token
confidence: high
keywords: [acme_]
search: { kind: regex, pattern: '\\bacme_([a-z0-9]{20})\\b' }
examples: { positive: [acme_${token}], negative: [acme_token] }
`;

function written(name: string, text: string): string {
  const file = join(temporaryFolder(), name);
  writeFileSync(file, text);
  return file;
}

describe('detectors of a configuration', () => {
  it('come from folders, files and imports, beside the built-in ones', async () => {
    const own = written('a.yaml', DETECTOR);
    const toml = written('r.toml', rule('') + rule('', 'vidbeo-key') + rule("path = 'x'", 'b'));
    const { detectors, imports } = await loadConfiguredDetectors({
      detectors: [join(own, '..')],
      gitleaks: [toml],
    });
    const ids = detectors.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['acme-token', 'acme-key', 'vidbeo-key']));
    expect(ids).toEqual([...ids].sort());
    expect(importNotes(imports)).toEqual([
      'Of the rules in r.toml, 1 are looked for; 2 are refused (b: it is about paths, which are not known where contents are read; vidbeo-key: its id is taken); keyaudit rules test lists them.',
    ]);
    const set = new DetectorSet(detectors.filter(({ id }) => id === 'acme-token'));
    expect(set.detect(Buffer.from(`x acme_${token} y`))).toMatchObject([{ from: 7, to: 27 }]);
  });

  it.each([
    [
      'a pattern that could backtrack',
      DETECTOR.replace('\\b', '(?=x)'),
      /a\.yaml:6:\d+: search\.pattern: is a look-around/,
    ],
    ['no keywords', DETECTOR.replace('[acme_]', '[]'), /a\.yaml:5:\d+: keywords: expected a keyword/],
    ['an id that is taken', DETECTOR.replace('acme-token', 'vidbeo-key'), /found "vidbeo-key" again/],
    [
      'no shape where one is needed',
      DETECTOR.replace(/search: .*/, 'search: { kind: prefix }'),
      /shape: expected the shape/,
    ],
  ])('are refused for %s', async (_, text, message) => {
    const request = { detectors: [written('a.yaml', text)], gitleaks: [] };
    await expect(loadConfiguredDetectors(request)).rejects.toThrow(message);
  });

  it.each([['detectors'], ['gitleaks']])('are missed when a file of %s is not there', async (what) => {
    const request = { detectors: [], gitleaks: [], [what]: ['/nowhere/x'] };
    await expect(loadConfiguredDetectors(request)).rejects.toThrow(
      '/nowhere/x:1:1: expected detectors, found none there',
    );
  });
});
