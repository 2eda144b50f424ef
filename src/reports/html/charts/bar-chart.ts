import { html } from '../../escape/html.js';
import { visibleName } from '../../escape/visible.js';
import { numberText } from '../../words/number-text.js';
import { tableMarkup } from '../page/markup.js';

export interface Series {
  readonly name: string;
  /** A class of the style sheet: `s-bad`, `s-ok`, … */
  readonly style: string;
}

export interface BarChart {
  readonly id: string;
  readonly title: string;
  /** What the rows are: the head of the table's first column. */
  readonly rowName: string;
  readonly series: readonly Series[];
  /** Labels are untrusted. One value for each series. */
  readonly rows: readonly { readonly label: string; readonly values: readonly number[] }[];
}

const WIDTH = 520;
const LABEL = 130;
const ROW = 26;
const NUMBER = 50;

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** Stacked horizontal bars, and the same numbers in a table. */
export function barChart(chart: BarChart): string {
  return [
    `<figure class="chart"><figcaption id="${chart.id}">${html(chart.title)}</figcaption>`,
    chart.series.length > 1 ? legend(chart.series) : '',
    drawing(chart),
    `<details><summary>The same as numbers</summary><div class="scroll" tabindex="0" role="region" aria-labelledby="${chart.id}">`,
    numbers(chart),
    '</div></details></figure>\n',
  ].join('');
}

function legend(series: readonly Series[]): string {
  const swatch = (style: string): string =>
    `<svg viewBox="0 0 10 10" aria-hidden="true"><rect class="${style}" width="10" height="10"/></svg>`;
  const items = series.map(({ name, style }) => `<li>${swatch(style)}${html(name)}</li>`);
  return `<ul class="legend">${items.join('')}</ul>`;
}

function drawing({ id, rows, series }: BarChart): string {
  const most = Math.max(1, ...rows.map(({ values }) => total(values)));
  const scale = (WIDTH - LABEL - NUMBER) / most;
  const bars = rows.map(({ label, values }, index) => {
    const y = index * ROW;
    const shown = visibleName(label);
    const short = shown.length > 18 ? `${shown.slice(0, 17)}…` : shown;
    return `<text x="0" y="${y + 17}">${html(short)}</text>${segments(values, series, { y, scale })}`;
  });
  return `<svg viewBox="0 0 ${WIDTH} ${rows.length * ROW + 4}" role="img" aria-labelledby="${id}">${bars.join('')}</svg>`;
}

function segments(
  values: readonly number[],
  series: readonly Series[],
  { y, scale }: { readonly y: number; readonly scale: number },
): string {
  let x = LABEL;
  const parts = values.map((value, index) => {
    const width = value * scale;
    const part = `<rect class="${series[index]?.style ?? 's0'}" x="${fixed(x)}" y="${y + 4}" width="${fixed(width)}" height="18"/>`;
    x += width;
    return value === 0 ? '' : part;
  });
  return `${parts.join('')}<text x="${fixed(x + 6)}" y="${y + 17}">${numberText(total(values))}</text>`;
}

/** One decimal, so that the bytes do not depend on the last bits of a division. */
const fixed = (value: number): string => String(Math.round(value * 10) / 10);

function numbers({ rowName, series, rows }: BarChart): string {
  const many = series.length > 1;
  const head = [rowName, ...series.map(({ name }) => html(name)), ...(many ? ['Total'] : [])];
  const lines = rows.map(({ label, values }) => [
    html(visibleName(label)),
    ...values.map(numberText),
    ...(many ? [numberText(total(values))] : []),
  ]);
  return tableMarkup(
    head,
    lines,
    head.map((_head, column) => column).filter((column) => column > 0),
  );
}
