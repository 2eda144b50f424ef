import type { Paint } from './paint.js';

/** What the lines are made for. */
export interface Screen {
  /** Columns. */
  readonly width: number;
  readonly paint: Paint;
}
