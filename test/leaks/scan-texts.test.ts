import { describe, expect, it } from 'vitest';
import type { ConversationText } from '../../src/core/conversation-text.js';
import { Secret } from '../../src/core/secret.js';
import { compileNeedles } from '../../src/leaks/needles.js';
import { scanTexts } from '../../src/leaks/scan-texts.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';

const SECRET = Secret.of(fakeKey('api-video', 'talk'));
const needles = compileNeedles({
  known: [{ fingerprint: SECRET.fingerprint(), secret: SECRET }],
  detectors: [],
});

async function* talk(...texts: readonly string[]): AsyncGenerator<ConversationText> {
  for (const [index, text] of texts.entries()) {
    yield {
      repository: 'acme/web',
      visibility: 'public',
      fork: true,
      closedAt: undefined,
      label: `issues/${index + 1}`,
      text,
      url: `https://github.example/acme/web/issues/${index + 1}`,
      createdAt: undefined,
    };
  }
}

describe('scanning conversations', () => {
  it('says in which text a key stands, and on which line', async () => {
    const placed = await scanTexts(talk('nothing here', `Title\n\nuse ${SECRET.reveal()} please`), needles);
    expect(placed.map(({ place }) => place)).toEqual([
      {
        repository: 'acme/web',
        visibility: 'public',
        fork: true,
        closedAt: undefined,
        kind: 'conversation',
        commit: undefined,
        path: 'issues/2',
        line: 3,
        column: 5,
        firstSeen: undefined,
        inHead: true,
        pathInHead: undefined,
        removedAt: undefined,
        refs: undefined,
        encoding: 'plain',
        url: 'https://github.example/acme/web/issues/2',
      },
    ]);
  });

  it('finds nothing that begins in one text and ends in the next', async () => {
    const value = SECRET.reveal();
    expect(await scanTexts(talk(value.slice(0, 20), value.slice(20)), needles)).toEqual([]);
  });
});
