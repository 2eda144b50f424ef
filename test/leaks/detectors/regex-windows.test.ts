import { describe, expect, it } from 'vitest';
import { DetectorSet } from '../../../src/leaks/detectors/detector-set.js';
import { importGitleaks } from '../../../src/leaks/detectors/gitleaks.js';

const rule = `[[rules]]\nid = "a"\nregex = '''mykey=([a-z0-9]{8})\\b'''\nkeywords = ["mykey"]\n`;
const { detectors } = importGitleaks(rule, 'rules.toml');

describe("a user's pattern in a long text full of its keyword", () => {
  it.each([1, 3, 7, 13])(
    'finds each value once, wherever the pieces end: %i characters between them',
    (gap) => {
      const values = Array.from({ length: 4_000 }, (_, at) => at.toString().padStart(8, '0'));
      const text = values.map((value) => `mykey=${value}${' '.repeat(gap)}`).join('');
      const found = new DetectorSet(detectors).detect(Buffer.from(text));
      expect(found.map(({ value }) => value)).toEqual(values);
    },
  );
});
