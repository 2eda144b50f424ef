// The table of a section, as it is printed, kept under results/, and read again for the summary.
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const RESULTS = fileURLToPath(new URL('../results/', import.meta.url));
const HEAD = ['| What was tried | How often | Lost | |', '| --- | ---: | ---: | --- |'];
const RUNS = '### Runs';
const NOTES = '### Notes';

const cell = (text) => String(text).replaceAll('|', '\\|').replaceAll('\n', ' ');
const uncell = (text) => text.trim().replaceAll('\\|', '|');

const lineOf = ({ what, times, lost, note = '' }) => `| ${cell(what)} | ${times} | ${lost} | ${cell(note)} |`;

export const tableOf = (title, rows) => [`## ${title}`, '', ...HEAD, ...rows.map(lineOf), ''].join('\n');

function rowIn(line) {
  const [, what = '', times = '', lost = '', note = ''] = line.split(/(?<!\\)\|/);
  return { what: uncell(what), times: Number(times), lost: Number(lost), note: uncell(note) };
}

/** What a file of results holds; empty where there is none. Rows of other tables are none of ours. */
export function readResults(name) {
  const path = `${RESULTS}${name}.md`;
  if (!existsSync(path)) return { title: name, rows: [], runs: [], notes: '' };
  const text = readFileSync(path, 'utf8');
  const lines = text.split('\n');
  const from = lines.indexOf(HEAD[0]);
  const table = from < 0 ? [] : lines.slice(from + HEAD.length);
  const end = table.findIndex((line) => !line.startsWith('|'));
  const partAfter = (mark) => (text.includes(`\n${mark}\n`) ? text.split(`\n${mark}\n`)[1] : '');
  return {
    title: (lines.find((line) => line.startsWith('## ')) ?? name).replace(/^#+ /, ''),
    rows: table.slice(0, end < 0 ? table.length : end).map(rowIn),
    runs: partAfter(RUNS)
      .split('\n')
      .filter((line) => line.startsWith('- ')),
    notes: partAfter(NOTES).trim(),
  };
}

export const keptSections = () =>
  readdirSync(RESULTS)
    .filter((file) => file.endsWith('.md') && file !== 'README.md')
    .map((file) => file.slice(0, -'.md'.length))
    .sort();

/**
 * Keeps the rows of a run, whole after each: a run that breaks off loses none that came before. Rows of earlier runs stay
 * unless they were tried again, or the run was over all (`isWhole`) and does not know them any longer.
 */
export function resultsWriter(name, { title, isWhole, runLine }) {
  const before = readResults(name);
  return (rows, isEnded) => {
    const again = new Map(rows.map((row) => [row.what, row]));
    const known = new Set(before.rows.map(({ what }) => what));
    const kept = isWhole && isEnded ? [] : before.rows;
    const all = [
      ...kept.map((row) => again.get(row.what) ?? row),
      ...rows.filter(({ what }) => kept.length === 0 || !known.has(what)),
    ];
    const runs = [...(isWhole && isEnded ? [] : before.runs), `- ${runLine(rows, isEnded)}`];
    const notes = before.notes === '' ? [] : [NOTES, '', before.notes, ''];
    const text = [tableOf(title, all), RUNS, '', ...runs, '', ...notes].join('\n');
    writeFileSync(`${RESULTS}${name}.md.new`, text);
    renameSync(`${RESULTS}${name}.md.new`, `${RESULTS}${name}.md`);
  };
}

const sum = (rows, field) => rows.reduce((all, row) => all + row[field], 0);
const number = (count) => count.toLocaleString('en-US');

/** All sections in one table, and each loss by name. */
export function writeSummary() {
  const sections = keptSections()
    .map((name) => ({ name, ...readResults(name) }))
    .filter(({ rows }) => rows.length > 0);
  const all = sections.flatMap(({ rows }) => rows);
  const lines = sections.map(
    ({ name, title, rows }) =>
      `| [${title}](${name}.md) | ${number(rows.length)} | ${number(sum(rows, 'times'))} | ${sum(rows, 'lost')} |`,
  );
  const losses = sections.flatMap(({ title, rows }) =>
    rows
      .filter(({ lost }) => lost > 0)
      .map(({ what, lost, note }) => `- ${title}: ${what}: ${lost}; ${note}`),
  );
  const told = [
    '# What was tried against the promises, and what was lost',
    '',
    'Made from the files beside it by `npm run torture -- --summary`; each says what was tried, row by row.',
    '',
    '| Section | Kinds of attempts | Attempts | Lost |',
    '| --- | ---: | ---: | ---: |',
    ...lines,
    `| All | ${number(all.length)} | ${number(sum(all, 'times'))} | ${sum(all, 'lost')} |`,
    '',
    ...(losses.length === 0 ? ['Nothing was lost.'] : ['Lost:', '', ...losses]),
    '',
  ].join('\n');
  writeFileSync(`${RESULTS}README.md`, told);
  return told;
}
