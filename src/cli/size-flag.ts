import { UsageError } from '../core/errors/audit-error.js';
import { type Invocation, textFlag } from './command.js';

const POWERS = ['K', 'M', 'G', 'T'];

/** Bytes: `20G`, `500M`; K, M, G and T are powers of 1,024. Undefined where the flag is not given. */
export function sizeFlag(invocation: Invocation, name: 'max-disk'): number | undefined {
  const text = textFlag(invocation, name);
  if (text === undefined) return undefined;
  const [, digits, unit] = /^([1-9]\d{0,5})([KMGT])$/i.exec(text) ?? [];
  if (digits !== undefined && unit !== undefined) {
    return Number(digits) * 1024 ** (POWERS.indexOf(unit.toUpperCase()) + 1);
  }
  throw new UsageError(`--${name}: expected a number with K, M, G or T behind it, such as 20G`);
}
