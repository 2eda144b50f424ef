import { isDeepStrictEqual } from 'node:util';
import { isMap, isSeq } from 'yaml';
import { compareText } from '../core/compare-text.js';
import { ConfigError } from '../core/errors/audit-error.js';
import { type KeyRecord, keyRefText } from '../core/key.js';
import type { WrittenFile } from '../yaml/check-yaml.js';
import { parseYaml } from '../yaml/yaml-file.js';
import { insertionsInto, type Insertion } from './register-places.js';
import { registerBlock } from './register-block.js';
import { readRegister, type Register } from './register.js';

const NEW_FILE = `# The key register: what only people know about keys. No value of a key belongs here.
# \`keyaudit collect --write-register\` adds keys that are missing, and leaves every line as it is.
version: 1
keys:
`;

export interface ExtendedRegister {
  readonly text: string;
  /** How many keys it has more than before. */
  readonly added: number;
  /** Keys whose id cannot stand in the register, because it looks like a secret. */
  readonly refused: readonly KeyRecord[];
}

/**
 * The register with a block for each key that nobody has declared yet, here or in the configuration; upload tokens are left
 * out, and the audit's own key, which may come under another id while a vendor cannot be read. New blocks stand in the
 * order of source and id among those at the end of the file that are in this order already. Everything that was written
 * before stays, byte for byte.
 * @param before the file as it is; undefined when there is none
 * @throws ProblemsError when the file has mistakes, ConfigError when its form does not allow to add anything
 */
export function extendRegister(
  before: WrittenFile | undefined,
  file: string,
  keys: readonly KeyRecord[],
): ExtendedRegister {
  const written = before ?? { file, text: NEW_FILE };
  const known = readRegister(written);
  const missing = keys
    .filter(
      ({ scope, declared, usedByAudit }) => scope !== 'upload' && declared === undefined && !usedByAudit,
    )
    .filter((key) => !known.entries.has(keyRefText(key)))
    .toSorted((left, right) => compareText(left.source, right.source) || compareText(left.id, right.id));
  const blocks = missing.map((key) => ({ key, lines: registerBlock(key) }));
  const refused = blocks.filter(({ lines }) => lines === undefined).map(({ key }) => key);
  const added = blocks.flatMap(({ key, lines }) => (lines === undefined ? [] : [{ ref: key, lines }]));
  if (added.length === 0) return { text: written.text, added: 0, refused };
  const yaml = parseYaml(written.file, written.text);
  const { contents } = yaml.document;
  const list = isMap(contents) ? contents.get('keys', true) : undefined;
  if (isSeq(list) && list.flow === true && list.items.length > 0) throw cannotExtend(file);
  const text = applied(written.text, insertionsInto(yaml, written.text, added));
  assertKept(known, { file, text }, added.length);
  return { text, added: added.length, refused };
}

/** From the end to the beginning, so that no place moves before its turn. */
function applied(text: string, insertions: readonly Insertion[]): string {
  let result = text;
  for (const { from, to, lines } of insertions.toSorted((a, b) => b.from - a.from)) {
    const newline = text.includes('\r\n') ? '\r\n' : '\n';
    result = result.slice(0, from) + lines.join(newline) + result.slice(to);
  }
  return result;
}

/** YAML has many forms. One that nobody thought of must end here, not with a damaged register. */
function assertKept(known: Register, written: WrittenFile, added: number): void {
  const after = entriesOf(written);
  const same = [...known.entries].every(([ref, entry]) =>
    isDeepStrictEqual({ ...after?.get(ref), at: undefined }, { ...entry, at: undefined }),
  );
  if (!same || after?.size !== known.entries.size + added) throw cannotExtend(written.file);
}

function entriesOf(written: WrittenFile): Register['entries'] | undefined {
  try {
    return readRegister(written).entries;
  } catch {
    return undefined;
  }
}

const cannotExtend = (file: string): ConfigError =>
  new ConfigError(
    `${file} is written in a form to which no key can be added without touching what is there`,
    {
      hint: 'write `keys:` as a list with one entry a dash, each on lines of its own',
    },
  );
