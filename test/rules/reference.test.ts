import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { factGroups } from '../../src/rules/list-facts.js';
import { referencePage } from '../../src/rules/reference.js';
import { BUILT_IN } from '../support/rule-book.js';

const FILE = new URL('../../rules/README.md', import.meta.url);

describe('the reference page of rules, facts and standards', () => {
  it('is the one in rules/README.md; `npm run docs` writes it again', async () => {
    const page = referencePage(await BUILT_IN);
    if (process.env['UPDATE_DOCS'] === '1') await writeFile(FILE, page);
    expect(page).toBe(await readFile(FILE, 'utf8'));
  });

  it('names every rule and every fact', async () => {
    const ruleSet = await BUILT_IN;
    const page = referencePage(ruleSet);
    const facts = factGroups(ruleSet.vocabulary).flatMap((group) => group.facts);
    expect(ruleSet.rules.filter(({ id }) => !page.includes(`\n### ${id}\n`))).toEqual([]);
    expect(facts.filter(({ name }) => !page.includes(`| \`${name}\` |`))).toEqual([]);
  });
});
