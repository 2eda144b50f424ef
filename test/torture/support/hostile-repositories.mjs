// What strangers put into repositories. Each case builds one below a folder and answers what to scan and what to expect:
// `found`: the planted key must be told; `told`: coverage must say that something could not be read.
import { COMMANDS } from './repositories/commands.mjs';
import { DAMAGE, HIDING, PACK_DAMAGE } from './repositories/damage.mjs';
import { LINKS, PIPES } from './repositories/links.mjs';
import { PATHS } from './repositories/paths.mjs';

export const CASES = [...COMMANDS, ...LINKS, ...PIPES, ...PATHS, ...DAMAGE, ...PACK_DAMAGE, ...HIDING];
