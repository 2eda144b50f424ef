import { Secret } from '../core/secret.js';
import { isMachineMade } from '../match/machine-made.js';

/** Vendors' keys have 24 characters or more. */
const MIN_LENGTH = 20;
const WORD = /^[\w+=:~-]+$/;

/**
 * The words of a command line that look like keys: somebody pasted one where a path or a rule belongs. It is in the shell's
 * history by then, but messages that repeat the word, and the logs that they go to, need not hold it too.
 * @param isThere whether there is a file or a folder of that name: then it is a name
 */
export function keysInArguments(argv: readonly string[], isThere: (path: string) => boolean): Secret[] {
  return argv
    .map((word) => word.replace(/^--[a-z-]*=?/, ''))
    .filter((word) => word.length >= MIN_LENGTH && WORD.test(word) && isMachineMade(word) && !isThere(word))
    .map((word) => Secret.of(word));
}
