/** The candidate nearest to `word`, for "did you mean …?"; undefined when none is near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const limit = Math.max(1, Math.floor(word.length / 3));
  let best: { readonly text: string; readonly distance: number } | undefined;
  for (const text of [...candidates].sort()) {
    const distance = editDistance(word.toLowerCase(), text.toLowerCase());
    if (distance <= limit && (best === undefined || distance < best.distance)) best = { text, distance };
  }
  return best?.text;
}

/** `; did you mean <name>?`, or nothing. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const name = nearest(word, candidates);
  return name === undefined ? '' : `; did you mean ${name}?`;
}

// Names are short; anything longer is cut, so that a hostile file cannot make this slow.
const MAX_LENGTH = 64;

function editDistance(from: string, to: string): number {
  const [a, b] = [from.slice(0, MAX_LENGTH), to.slice(0, MAX_LENGTH)];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const replaced = at(previous, column - 1) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, at(previous, column) + 1, at(current, column - 1) + 1));
    }
    previous = current;
  }
  return at(previous, b.length);
}

const at = (row: readonly number[], index: number): number => row[index] ?? 0;
