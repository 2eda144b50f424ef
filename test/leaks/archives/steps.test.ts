import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { runToEnd, type Steps } from '../../../src/leaks/archives/steps.js';
import { ArchiveReader } from '../../../src/leaks/archives/archive-reader.js';
import { FileScanner } from '../../../src/leaks/file-scanner.js';
import { compileNeedles } from '../../../src/leaks/needles.js';
import { walkFiles } from '../../../src/leaks/sources/walk-files.js';
import { fakeKey } from '../../../src/sandbox/fake-keys.js';
import { arOf } from '../../support/archives.js';
import { temporaryFolder } from '../../support/git-repository.js';
import { knownKey } from '../../support/scan.js';

const MIB = 1024 * 1024;
const key = fakeKey('vidbeo', 'in-steps');

/** Notes how many bytes it was asked about since it was emptied. */
function noting() {
  const asked = { bytes: 0 };
  const needles = compileNeedles({ known: [knownKey(key)], detectors: [] });
  const mayHold = (bytes: Uint8Array): boolean => {
    asked.bytes += bytes.length;
    return true;
  };
  return { asked, needles: { ...needles, mayHold } };
}

/** 40 MiB, with the key at the end of each. */
const CONTENTS = {
  'many files': () =>
    arOf(
      Object.fromEntries(
        Array.from({ length: 40 }, (_, i) => [`f${i}`, gzipSync(filled(MIB), { level: 1 })]),
      ),
    ),
  'one large file': () => gzipSync(filled(40 * MIB), { level: 1 }),
} as const;

/** A mebibyte that packs some four times, as text does. */
const TEXT = Buffer.from(
  Array.from({ length: 80_000 }, (_, i) => `line ${(i * 7919) % 99_991}`).join('\n'),
).subarray(0, MIB - 100);

const filled = (length: number): Buffer =>
  Buffer.concat([Buffer.alloc(length - 100, TEXT), Buffer.from(` ${key} `.padEnd(100))]);

describe.each(Object.entries(CONTENTS))('an archive of %s', (_, make) => {
  const archive = make();

  it('is opened in steps of some megabytes', () => {
    const { asked, needles } = noting();
    const steps: Steps<readonly unknown[]> = new ArchiveReader(needles).scanWhole(archive, () => 'it');
    const sizes: number[] = [];
    asked.bytes = 0;
    while (steps.next().done !== true) {
      sizes.push(asked.bytes);
      asked.bytes = 0;
    }
    expect(sizes.length).toBeGreaterThan(7);
    expect(Math.max(...sizes)).toBeLessThan(6 * MIB);
  });

  it('shows the same, whole or in pieces', () => {
    const { needles } = noting();
    const whole = runToEnd(new ArchiveReader(needles).scanWhole(archive, () => 'it'));
    const reader = new ArchiveReader(needles);
    for (let at = 0; at < archive.length; at += 1000) reader.push(archive.subarray(at, at + 1000));
    expect(runToEnd(reader.finish(() => 'it'))).toEqual(whole);
    expect(whole).not.toEqual([]);
  });

  it('in a folder: an interrupt is heard before it is looked through', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'archive'), archive);
    const { asked, needles } = noting();
    const interrupt = new AbortController();
    const scanner = new FileScanner(needles);
    const end = scanner.end.bind(scanner);
    scanner.end = () => {
      end();
      asked.bytes = 0;
      setImmediate(() => interrupt.abort(new Error('interrupted')));
    };
    await expect(walkFiles(folder, scanner, { signal: interrupt.signal })).rejects.toThrow('interrupted');
    expect(asked.bytes).toBeLessThan(15 * MIB);
  });

  it('is looked through to its end where it is the only file, by itself or in a folder', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'archive'), archive);
    for (const target of [folder, join(folder, 'archive')]) {
      const scanner = new FileScanner(noting().needles);
      await walkFiles(target, scanner, { signal: new AbortController().signal });
      expect(scanner.hits).not.toEqual([]);
    }
  });
});
