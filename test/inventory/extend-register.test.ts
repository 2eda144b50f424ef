import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyId, sourceId } from '../../src/core/brand.js';
import { known, unknown } from '../../src/core/fact.js';
import type { KeyRecord } from '../../src/core/key.js';
import { extendRegister } from '../../src/inventory/extend-register.js';
import { Secret } from '../../src/core/secret.js';
import { readRegister } from '../../src/inventory/register.js';
import { fakeKey } from '../../src/sandbox/fake-keys.js';
import { aKey } from '../support/audit-result.js';
import { HOSTILE_TEXTS } from '../support/hostile-text.js';

const FILE = 'audit.keys.yaml';

const key = (ref: string, over: Partial<KeyRecord> = {}): KeyRecord => {
  const [source = '', id = ''] = ref.split('/');
  return aKey({
    source: sourceId(source),
    id: keyId(id),
    name: known(`key ${id}`),
    fingerprint: unknown('not asked for'),
    declared: undefined,
    ...over,
  });
};

const extend = (text: string | undefined, ...keys: readonly KeyRecord[]) =>
  extendRegister(text === undefined ? undefined : { file: FILE, text }, FILE, keys);

const refsOf = (text: string): readonly string[] => [...readRegister({ file: FILE, text }).entries.keys()];

/** Whether all lines of one text stand in the other, in their order. */
function keepsLines(before: string, after: string): boolean {
  const lines = after.split('\n');
  let from = 0;
  return before
    .replace(/\n$/, '')
    .split('\n')
    .every((line) => {
      const index = lines.indexOf(line, from);
      from = index + 1;
      return index !== -1;
    });
}

describe('a register that keys are added to', () => {
  it('is made where there is none, with a block a key in the order of source and id', () => {
    const { text, added } = extend(
      undefined,
      key('w/b'),
      key('v/z'),
      key('v/a', { name: unknown('left out') }),
    );
    expect(added).toBe(3);
    expect(text).toBe(
      [
        '# The key register: what only people know about keys. No value of a key belongs here.',
        '# `keyaudit collect --write-register` adds keys that are missing, and leaves every line as it is.',
        'version: 1',
        'keys:',
        '  - source: v',
        '    id: a',
        '    # owner:',
        '    # system:',
        '    # access:',
        '    # reviewBy:',
        '    status: active',
        '',
        '  - source: v',
        '    id: z',
        '    name: key z',
        '    # owner:',
        '    # system:',
        '    # access:',
        '    # reviewBy:',
        '    status: active',
        '',
        '  - source: w',
        '    id: b',
        '    name: key b',
        '    # owner:',
        '    # system:',
        '    # access:',
        '    # reviewBy:',
        '    status: active',
        '',
      ].join('\n'),
    );
  });

  it('keeps the fingerprint of a key, so that it is known when it is deleted', () => {
    const fingerprint = Secret.of(fakeKey('api-video', 'kept')).fingerprint();
    const { text } = extend(undefined, key('v/a', { fingerprint: known(fingerprint) }));
    expect(text).toContain(`\n    fingerprint: '${fingerprint}'\n`);
    expect(readRegister({ file: FILE, text }).written).toMatchObject([{ id: 'a', fingerprint }]);
  });

  it('is the same whether keys come at once or one after another', () => {
    const keys = ['v/c', 'v/a', 'w/a', 'v/b', 'u/x'].map((ref) => key(ref));
    const atOnce = extend(undefined, ...keys).text;
    let text: string | undefined;
    for (const one of keys) text = extend(text, one).text;
    expect(text).toBe(atOnce);
  });

  it('is not touched when it knows every key', () => {
    const text = 'version: 1\nkeys: [{ source: v, id: a }]';
    expect(extend(text, key('v/a'))).toEqual({ text, added: 0, refused: [] });
  });

  it('leaves keys out that the configuration declares', () => {
    const { declared } = aKey();
    expect(extend(undefined, key('v/t', { declared })).added).toBe(0);
  });

  it("leaves the audit's own key out", () => {
    expect(extend(undefined, key('v/t', { usedByAudit: true })).added).toBe(0);
  });

  it('leaves upload tokens out', () => {
    expect(extend(undefined, key('v/t', { scope: 'upload' })).added).toBe(0);
  });

  it('leaves comments with the entry that they stand above, and keeps the order that people chose', () => {
    const before = [
      'version: 1 # ours',
      '',
      'keys:',
      '  # the shop',
      '  - source: z # first, because it matters most',
      '    id: "1"',
      '',
      '  # the archive',
      '  - {source: a, id: m}   # on one line',
      '  -',
      '    source: a',
      '    id: q',
      '    purpose: |',
      '      two',
      '      lines',
      '',
      '  # the end',
      '',
    ].join('\n');
    const { text } = extend(before, key('a/p'), key('z/2'));
    expect(keepsLines(before, text)).toBe(true);
    expect(refsOf(text)).toEqual(['z/1', 'a/m', 'a/p', 'a/q', 'z/2']);
    expect(text).toContain('id: m}   # on one line\n\n  - source: a\n    id: p\n');
    expect(text).toContain('      lines\n\n  - source: z\n    id: ');
    expect(text.endsWith('    status: active\n\n  # the end\n')).toBe(true);
  });

  it.each([
    ['has no list of keys', 'version: 1\n'],
    ['has no line break at its end', 'version: 1\nkeys:\n  - {source: m, id: m}'],
    ['has an empty list', 'version: 1\nkeys: [] # none yet\n# end\n'],
    ['has an empty list over two lines', 'version: 1\nkeys: [\n]\n'],
    ['has a list that is left open', 'version: 1\nkeys:\n# end\n'],
    ['has a list that is not indented', 'version: 1\nkeys:\n- source: m\n  id: m\n'],
    ['has a list before the version', 'keys:\n  - source: m\n    id: m\nversion: 1\n'],
    [
      'has a text that keeps its line breaks',
      'version: 1\nkeys:\n  - source: m\n    id: m\n    purpose: |+\n      x\n\n\n',
    ],
    ['has line breaks of Windows', 'version: 1\r\nkeys:\r\n  # x\r\n  - source: m\r\n    id: m\r\n'],
    [
      'has anchors',
      'version: 1\nkeys:\n  - &m { source: m, id: m, owner: &o team }\n  - { source: n, id: n, owner: *o }\n',
    ],
  ])('that %s can be read afterwards, with every entry as it was', (_what, before) => {
    const { text, added } = extend(before, key('a/a'), key('m/n'), key('x/x'));
    expect(added).toBe(3);
    const [old, now] = [readRegister({ file: FILE, text: before }), readRegister({ file: FILE, text })];
    expect(now.entries.size).toBe(old.entries.size + 3);
    for (const [ref, entry] of old.entries) {
      expect({ ...now.entries.get(ref), at: 0 }).toEqual({ ...entry, at: 0 });
    }
    expect(text.endsWith('\n')).toBe(true);
    expect(text.includes('\r\n')).toBe(before.includes('\r\n'));
    expect(/[^\r]\n/.test(text)).toBe(!before.includes('\r\n'));
  });

  it('refuses a list on one line rather than writing it anew', () => {
    expect(() => extend('version: 1\nkeys: [{ source: v, id: a }]\n', key('v/b'))).toThrow(/form/);
  });

  it('refuses a register with mistakes, with their lines', () => {
    expect(() => extend('version: 1\nkeys:\n  - source: v\n', key('v/b'))).toThrow(/:3:\d+: .*id/);
  });
});

describe('a name in the register', () => {
  it.each(HOSTILE_TEXTS.map((text) => [JSON.stringify(text).slice(0, 60), text] as const))(
    '%s stays one line that reads as it is, or is left out',
    (_shown, name) => {
      const { text, added } = extend(undefined, key('v/a', { name: known(name) }), key('v/b'));
      expect(added).toBe(2);
      expect(refsOf(text)).toEqual(['v/a', 'v/b']);
      expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
      expect(text.split('\n').filter((line) => line.includes('source:'))).toHaveLength(2);
    },
  );

  it.each(['yes', '2026-11-01', '1e3', 'null', '# no', '- a', '*x', "it's", '"q"', 'a: b', '{}', '!t'])(
    '%s is written so that it is a text to every reader',
    (name) => {
      const line = extend(undefined, key('v/a', { name: known(name) })).text.match(/^ {4}name: .*$/m)?.[0];
      expect(line?.slice(10)).toMatch(/^(?:'.*'|".*"|[A-Za-z]+'s)$/);
    },
  );

  it('that looks like the value of a key is left out', () => {
    const value = fakeKey('api-video', 'name');
    const { text } = extend(undefined, key('v/a', { name: known(value) }));
    expect(text).not.toContain(value);
    expect(refsOf(text)).toEqual(['v/a']);
  });

  it('cannot be given to a key whose id looks like a value: that key is refused and told', () => {
    const { text, added, refused } = extend(undefined, key(`v/${fakeKey('api-video', 'id')}`), key('v/b'));
    expect(refsOf(text)).toEqual(['v/b']);
    expect([added, refused.length]).toEqual([1, 1]);
  });
});

describe('whatever people wrote', () => {
  const word = fc.stringMatching(/^[a-z][a-z0-9]{0,6}$/);
  const comment = fc
    .stringMatching(/^[ -~]{0,20}$/)
    .map((text) => `# ${text.replaceAll(/[A-Za-z0-9]{9,}/g, 'x')}`);
  const gap = fc.array(
    fc.oneof(
      fc.constant(''),
      comment.map((text) => `  ${text}`),
    ),
    { maxLength: 3 },
  );
  const entry = fc.record({
    ref: fc.tuple(word, word),
    above: gap,
    trailing: fc.option(comment),
    owner: fc.option(word),
    flow: fc.boolean(),
  });
  const written = fc
    .uniqueArray(entry, { selector: ({ ref }) => ref.join('/'), minLength: 1, maxLength: 8 })
    .chain((entries) => fc.tuple(fc.constant(entries), gap))
    .map(([entries, end]) => {
      const lines = entries.flatMap(({ ref: [source, id], above, trailing, owner, flow }) => {
        const after = trailing === null ? '' : ` ${trailing}`;
        const owned = owner === null ? [] : [`    owner: ${owner}x`];
        return flow
          ? [...above, `  - { source: s${source}, id: i${id} }${after}`]
          : [...above, `  - source: s${source}`, ...owned, `    id: i${id}${after}`];
      });
      return ['# head', 'version: 1', 'keys:', ...lines, ...end, ''].join('\n');
    });

  it('stays line by line, in its order, and every entry reads as before', () => {
    fc.assert(
      fc.property(written, fc.uniqueArray(fc.tuple(word, word), { maxLength: 6 }), (before, refs) => {
        const keys = refs.map(([source, id]) => key(`s${source}/i${id}`));
        const { text } = extend(before, ...keys);
        expect(keepsLines(before, text)).toBe(true);
        const [old, now] = [refsOf(before), refsOf(text)];
        expect(now.filter((ref) => old.includes(ref))).toEqual(old);
        expect(new Set(now)).toEqual(new Set([...old, ...keys.map(({ source, id }) => `${source}/${id}`)]));
        expect(extend(text, ...keys).text).toBe(text);
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});
