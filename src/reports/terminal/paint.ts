/** Select Graphic Rendition codes (ECMA-48) that every terminal with colours knows. */
const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  magenta: [35, 39],
} as const;

export type Colour = keyof typeof CODES;
export type Paint = (colour: Colour, text: string) => string;

const ESCAPE = String.fromCharCode(27);

/** @param colour false gives a painter that changes nothing. */
export function painter(colour: boolean): Paint {
  if (!colour) return (_name, text) => text;
  return (name, text) => `${ESCAPE}[${CODES[name][0]}m${text}${ESCAPE}[${CODES[name][1]}m`;
}
