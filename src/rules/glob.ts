/**
 * Whether the whole text matches a pattern of `*` (any text) and `?` (any one character).
 * Greedy with a single way back to the last star: at most length of text times length of pattern steps.
 */
export function globMatches(text: string, pattern: string): boolean {
  let [t, p, star, mark] = [0, 0, -1, 0];
  while (t < text.length) {
    if (pattern[p] === '*') [star, mark, p] = [p, t, p + 1];
    else if (pattern[p] === '?' || pattern[p] === text[t]) [t, p] = [t + 1, p + 1];
    else if (star >= 0) [mark, t, p] = [mark + 1, mark + 1, star + 1];
    else return false;
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}
