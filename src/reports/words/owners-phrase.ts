import { type Phrase, quoted } from './phrase.js';
import { counted } from './number-text.js';

/** Whose something is: the first owner by name, others by number. */
export function ownersPhrase(owners: readonly (string | null)[]): Phrase {
  const [first = null] = owners;
  const others = owners.length - 1;
  const more = others > 0 ? ` and ${counted(others, 'other owner')}` : '';
  return [first === null ? 'nobody' : quoted(first), more];
}
