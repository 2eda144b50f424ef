import type { Severity } from '../../core/finding.js';
import type { Colour } from './paint.js';

export const SEVERITY_COLOURS = {
  critical: 'magenta',
  high: 'red',
  medium: 'yellow',
  low: 'dim',
  info: 'dim',
} as const satisfies Record<Severity, Colour>;
