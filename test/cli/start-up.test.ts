import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const CLI = resolve(import.meta.dirname, '../../src/cli');

/** What is imported at once; `import type` and `import()` cost nothing. */
const IMPORT = /^(?:import|export) (?!type\b)(?:[^'";]*? from )?'(?<target>[^']+)'/gm;

/** Everything that is loaded before the first line of some files runs: packages by name, our own files by path. */
function loadedBy(files: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const next = [...files];
  for (let file = next.pop(); file !== undefined; file = next.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    if (!file.startsWith('/')) continue;
    const folder = dirname(file);
    for (const { groups } of readFileSync(file, 'utf8').matchAll(IMPORT)) {
      const target = groups?.['target'] ?? '';
      next.push(target.startsWith('.') ? resolve(folder, target).replace(/\.js$/, '.ts') : target);
    }
  }
  return seen;
}

describe('a leak scan', () => {
  const loaded = [...loadedBy([`${CLI}/main.ts`, `${CLI}/commands/leaks.ts`, `${CLI}/prepared.ts`])];

  it('starts without the packages that only other commands need', () => {
    const packages = loaded.filter((name) => !name.startsWith('/') && !name.startsWith('node:'));
    expect(packages).toEqual(['ipaddr.js']);
  });

  it('starts without providers, GitHub, the makers of reports and what loads rules', () => {
    const rooms = /\/src\/(?:providers|sandbox|reports\/(?:html|sarif|markdown)|rules\/(?:load|condition)\b)/;
    expect(loaded.filter((file) => rooms.test(file))).toEqual([]);
    expect(loaded.length).toBeGreaterThan(100);
  });
});
