import { drawBetween, drawInt } from '../draw.js';

/** An age in days: mostly within the 90 days that the rules allow, some up to a year, a few beyond. */
export function drawAgeDays(seed: string): number {
  const share = drawInt(`age share ${seed}`, 100);
  if (share < 80) return drawBetween(`age ${seed}`, 3, 86);
  if (share < 97) return drawBetween(`age ${seed}`, 95, 330);
  return drawBetween(`age ${seed}`, 380, 1100);
}
