import type { Fact } from '../core/fact.js';
import { known, mapFact, notApplicable } from '../core/fact.js';
import type { KeyRecord } from '../core/key.js';
import { defineFact, type FactDefinition } from './define-fact.js';

/** What a key is called and where it belongs. All of it is text that somebody else wrote. */
export const KEY_IDENTITY: readonly FactDefinition<KeyRecord>[] = [
  defineFact('key.vendor', 'string', {
    meaning: "the vendor's short name",
    compute: (key) => known(key.vendor),
  }),
  defineFact('key.source', 'string', {
    meaning: 'the configured source that it was read from',
    compute: (key) => known(key.source),
  }),
  defineFact('key.id', 'string', {
    meaning: "the key's id at its vendor, never its value",
    compute: (key) => known(key.id),
  }),
  defineFact('key.kind', 'string', {
    meaning: 'what the vendor calls this kind of key: `project key`, `admin key`, `upload token`, …',
    compute: (key) => known(key.kind),
  }),
  defineFact('key.scope', 'string', {
    meaning: 'how far it reaches: upload, project, account, organization or domain',
    compute: (key) => known(key.scope),
  }),
  defineFact('key.name', 'string', {
    meaning: 'what people called it at the vendor',
    compute: (key) => key.name,
  }),
  defineFact('key.plainName', 'string', {
    meaning: 'its name in lower case, letters only, words parted by one blank',
    compute: (key) => mapFact(key.name, plainText),
  }),
  defineFact('key.project', 'string', {
    meaning: 'the name of its project, where the vendor has projects',
    compute: (key) => mapFact(key.project, (project) => project.name),
  }),
  defineFact('key.projectId', 'string', {
    meaning: 'the id of its project, where the vendor has projects',
    compute: (key) => mapFact(key.project, (project) => project.id),
  }),
  defineFact('key.usedByAudit', 'bool', {
    meaning: 'this audit itself reads the vendor with it',
    compute: (key) => known(key.usedByAudit),
  }),
  defineFact('key.dead', 'bool', {
    meaning: 'it is known that the vendor no longer accepts it',
    compute: (key) => known(key.live.state === 'known' && !key.live.value),
  }),
  defineFact('key.live', 'bool', {
    meaning: 'the vendor accepts it today',
    compute: (key) => key.live,
  }),
  defineFact('key.format', 'string', {
    meaning: '`legacy` for a form that the vendor no longer issues, else `current`',
    compute: (key): Fact<string> => key.format,
  }),
  defineFact('key.reaches', 'strings', {
    meaning: 'names of the projects that it opens, where the vendor tells',
    compute: (key) => key.reaches,
  }),
];

/** Letters of any script in lower case, everything else one blank. Linear in the text. */
export function plainText(text: string): string {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/\p{L}+/gu) ?? []
  ).join(' ');
}

/** For a leak of a string that is no known key. */
export const NO_KEY = notApplicable('the string belongs to no known key');
