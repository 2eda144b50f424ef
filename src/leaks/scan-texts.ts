import type { ConversationText } from '../core/conversation-text.js';
import { ContentReader } from './content-reader.js';
import type { LocatedHit } from './hit.js';
import type { Needles } from './needles.js';
import type { PlacedHit } from './places.js';

/**
 * Scans the texts around repositories, one after another and none of them kept. Lines count from the text's first one.
 * @throws what reading the texts throws.
 */
export async function scanTexts(
  texts: AsyncIterable<ConversationText>,
  needles: Needles,
): Promise<readonly PlacedHit[]> {
  const reader = new ContentReader(needles);
  const placed: PlacedHit[] = [];
  for await (const text of texts) {
    const hits = reader.scanWhole(Buffer.from(text.text));
    if (hits.length > 0) text.held?.();
    for (const hit of hits) placed.push({ hit, place: placeOf(text, hit) });
  }
  return placed;
}

const placeOf = (
  { repository, visibility, fork, closedAt, label, url, createdAt }: ConversationText,
  { line, column, encoding }: LocatedHit,
): PlacedHit['place'] => ({
  repository,
  visibility,
  fork,
  closedAt,
  kind: 'conversation',
  commit: undefined,
  path: label,
  line,
  column,
  firstSeen: createdAt,
  // It stands there for everybody to read; what was edited away is not listed.
  inHead: true,
  pathInHead: undefined,
  removedAt: undefined,
  refs: undefined,
  encoding,
  url,
});
