import type { Paint } from './paint.js';

/** What the lines are made for. */
export interface Screen {
  /** Columns. */
  readonly width: number;
  readonly paint: Paint;
  /** A text that leads to an address, where the terminal shows links; else the text. */
  readonly link: (text: string, address: string) => string;
}
