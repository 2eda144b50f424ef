import { neutralLine } from '../escape/workflow-command.js';

/** What a terminal may be given as an address: printable ASCII without blanks, of the web or of this machine. */
const ADDRESS = /^(?:https?|file):\/\/[!-~]{1,2000}$/;

const ESCAPE = String.fromCharCode(27);
const END = `${ESCAPE}\\`;

/**
 * A link as terminals know it (OSC 8: `ESC ] 8 ; ; address ST text ESC ] 8 ; ; ST`).
 * @param text what is seen; already visible.
 * @returns the text alone for what is no plain address.
 */
export const hyperlink = (text: string, address: string): string =>
  ADDRESS.test(address) && neutralLine(address) === address
    ? `${ESCAPE}]8;;${address}${END}${text}${ESCAPE}]8;;${END}`
    : text;

/** @returns whether the terminal says that it shows links; most that do not show them print them as rubbish. */
export function showsHyperlinks(env: Readonly<Record<string, string | undefined>>): boolean {
  const { FORCE_HYPERLINK: forced, CI, TERM, TERM_PROGRAM: program = '', VTE_VERSION: vte = '' } = env;
  if (forced !== undefined && forced !== '') return forced !== '0';
  if (CI !== undefined || TERM === 'dumb') return false;
  return (
    ['iTerm.app', 'WezTerm', 'vscode', 'ghostty', 'Hyper'].includes(program) ||
    // Terminals made from VTE print the text alone since 0.50.
    Number(vte) >= 5000 ||
    env['WT_SESSION'] !== undefined ||
    env['KITTY_WINDOW_ID'] !== undefined
  );
}
