import type { Gate } from '../../core/result.js';

export const VERDICT_TITLES = {
  pass: 'Gate passed',
  fail: 'Gate failed',
  incomplete: 'Incomplete: not everything could be looked at',
} as const satisfies Record<Gate['result'], string>;
