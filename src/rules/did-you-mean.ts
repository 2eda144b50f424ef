import { nearest } from '../core/nearest.js';

/** `; did you mean <name>?`, or nothing when no candidate is near. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const name = nearest(word, candidates);
  return name === undefined ? '' : `; did you mean ${name}?`;
}
