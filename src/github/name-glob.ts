/**
 * Whether a name fits a pattern in which `*` stands for any characters but a slash and `?` for one. Case does not count, as on
 * GitHub. Takes at most pattern times name steps, whatever the pattern.
 */
export function matchesGlob(pattern: string, name: string): boolean {
  const glob = pattern.toLowerCase();
  const text = name.toLowerCase();
  let at = 0;
  let next = 0;
  let star = -1;
  let starText = 0;
  while (next < text.length) {
    if (glob[at] === '*') {
      star = at;
      starText = next;
      at += 1;
    } else if (fits(glob[at], text[next])) {
      at += 1;
      next += 1;
    } else if (star >= 0 && text[starText] !== '/') {
      // Let the last star take one character more.
      starText += 1;
      at = star + 1;
      next = starText;
    } else {
      return false;
    }
  }
  return /^\**$/.test(glob.slice(at));
}

const fits = (glob: string | undefined, character: string | undefined): boolean =>
  glob === character || (glob === '?' && character !== '/');
