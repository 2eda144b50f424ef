/**
 * What runs in the reader's browser: filters, sorting, opening the section that a link points at, opening all of them
 * for print. The page says everything without it.
 */
export const SCRIPT = `
(() => {
  'use strict';
  const table = document.querySelector('.findings');
  const openTarget = () => {
    const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    const section = target && target.closest('details');
    if (section) { section.open = true; section.scrollIntoView(); }
  };
  addEventListener('hashchange', openTarget);
  openTarget();
  addEventListener('beforeprint', () => document.querySelectorAll('details').forEach((one) => { one.open = true; }));
  if (!table) return;
  const body = table.tBodies[0];
  const rows = [...body.rows].map((row, index) => ({
    row, index, text: row.textContent.toLowerCase(), cells: [...row.cells].map((cell) => cell.textContent.trim()),
  }));
  const form = document.querySelector('.filters');
  const count = document.querySelector('#shown');
  const choices = [...form.querySelectorAll('select')].map((select) => ({ select, column: Number(select.dataset.column) }));
  for (const { select, column } of choices) {
    const values = [...new Set(rows.map(({ cells }) => cells[column]))];
    if (select.dataset.keep === undefined) values.sort();
    select.append(...values.map((value) => new Option(value, value)));
  }
  const apply = () => {
    const words = form.elements.search.value.toLowerCase().split(' ').filter(Boolean);
    const wanted = choices.filter(({ select }) => select.value !== '');
    let shown = 0;
    for (const { row, text, cells } of rows) {
      const match = wanted.every(({ select, column }) => cells[column] === select.value) && words.every((word) => text.includes(word));
      row.hidden = !match;
      if (match) shown += 1;
    }
    count.textContent = shown + ' of ' + rows.length + ' shown';
  };
  let timer;
  form.addEventListener('input', () => { clearTimeout(timer); timer = setTimeout(apply, 120); });
  form.addEventListener('submit', (event) => event.preventDefault());
  form.hidden = false;
  apply();
  const heads = [...table.tHead.rows[0].cells];
  const order = (head, column) => {
    const down = head.getAttribute('aria-sort') === 'ascending';
    heads.forEach((one) => one.removeAttribute('aria-sort'));
    head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
    const key = (one) => column === 0 ? one.index : one.cells[column].toLowerCase();
    const sorted = rows.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a.index - b.index));
    body.append(...(down ? sorted.reverse() : sorted).map(({ row }) => row));
  };
  heads.forEach((head, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = head.textContent;
    button.addEventListener('click', () => order(head, column));
    head.replaceChildren(button);
  });
})();
`;
