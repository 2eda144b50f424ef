import type { Subject } from '../../core/finding.js';
import { fingerprintShort } from './fingerprint-short.js';
import { type Phrase, quoted } from './phrase.js';

const NOUNS = { key: 'key', leak: 'leaked key', source: 'project' } as const;

/** Whom a finding is about, in words: `leaked key "web player" of project "Shop videos" (video-prod)`. */
export function subjectPhrase(subject: Subject): Phrase {
  if (subject.kind === 'leak' && subject.id === subject.fingerprint) {
    return ['unregistered string ', quoted(fingerprintShort(subject.id)), ' in ', quoted(subject.source)];
  }
  const project =
    subject.kind === 'source' || subject.project === undefined
      ? []
      : [' of project ', quoted(subject.project)];
  return [
    `${NOUNS[subject.kind]} `,
    quoted(subject.name ?? subject.id),
    ...project,
    ' (',
    quoted(subject.source),
    ')',
  ];
}
