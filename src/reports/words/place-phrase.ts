import { dateOf } from '../../core/instant.js';
import type { Place, PlaceKind } from '../../core/leak.js';
import { counted } from './number-text.js';
import { type Phrase, quoted } from './phrase.js';

const WITHOUT_PATH = {
  file: 'a file',
  'working-file': 'a working file',
  'archive-entry': 'a file in an archive',
  'commit-message': 'a commit message',
  'tag-message': 'a tag message',
  conversation: 'a conversation',
  'path-name': 'the name of a file',
  'ref-name': 'the name of a branch or tag',
  identity: "a person's name or address in a commit or tag",
} as const satisfies Record<PlaceKind, string>;

/** One place in words: `acme/web src/player.ts line 7, since 2024-02-03, still in HEAD`. */
export function placePhrase(place: Place): Phrase {
  const where = place.path === undefined ? [WITHOUT_PATH[place.kind]] : [quoted(place.path)];
  const commit = place.commit === undefined ? [] : [', commit ', quoted(place.commit.slice(0, 12))];
  const since = place.firstSeen === undefined ? '' : `, since ${dateOf(place.firstSeen)}`;
  const encoding = place.encoding === 'plain' ? [] : [', written as ', quoted(place.encoding)];
  return [
    quoted(place.repository),
    ' ',
    ...where,
    ` line ${place.line}`,
    ...commit,
    since,
    ...encoding,
    ...stillThere(place),
  ];
}

function stillThere(place: Place): Phrase {
  const isWorking =
    place.kind === 'working-file' || (place.kind === 'archive-entry' && place.commit === undefined);
  if (isWorking) return [place.inHead ? ', in the working tree' : ''];
  if (place.inHead) return [', still in HEAD'];
  const [first] = place.refs?.names ?? [];
  if (first === undefined || place.refs === undefined) return [', no longer in HEAD'];
  const others = place.refs.count - 1;
  const more = others === 0 ? '' : ` and ${counted(others, 'other ref')}`;
  return [', not in HEAD, but still in ', quoted(first), more];
}
