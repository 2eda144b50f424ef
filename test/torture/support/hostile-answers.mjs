// Servers that answer as no vendor and no GitHub would. A case is one way of answering, for the list that matters of a
// service: { what, services?, answer(response, request, service), told?, slow? }; `told`: the coverage must say so.
import { gzipSync } from 'node:zlib';
import { ESCAPE, HOSTILE_NAMES, LISTS, repository, RIGHT_TO_LEFT } from './answer-lists.mjs';

const json = (response, text, headers = {}) => {
  response.writeHead(200, { 'content-type': 'application/json', ...headers });
  response.end(text);
};

function forEver(response, piece) {
  response.writeHead(200, { 'content-type': 'application/json' });
  const more = () => {
    while (!response.destroyed && response.write(piece));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
}

const PAGED = ['api-video', 'vidbeo', 'github'];
const always = (text) => (response) => json(response, text);
const BROKEN = { told: true };

/** A page that says that there is another: of vendors 4 MB each, of GitHub, where the pages are counted, little. */
function nextPage(response, { url, headers }, service) {
  const page = Number(/page=(\d+)/.exec(url)?.[1] ?? 0) + 1;
  const width = service === 'github' ? 10 : 160_000;
  const names = Array.from({ length: 25 }, (_, at) => `${page}-${at}-${'x'.repeat(width)}`);
  const link = `<http://${headers.host}/orgs/acme/repos?page=${page}>; rel="next"`;
  json(response, JSON.stringify(LISTS[service](names, page)), service === 'github' ? { link } : {});
}

/** Of forks, which are listed and not cloned, with descriptions of 160 kB. */
function largeNextPage(response, { url, headers }) {
  const page = Number(/page=(\d+)$/.exec(url)?.[1] ?? 0) + 1;
  const origin = `http://${headers.host}`;
  const forks = Array.from({ length: 25 }, (_, at) => `${page}-${at}`).map((name) => {
    const more = { clone_url: `${origin}/acme/${name}.git`, description: 'x'.repeat(160_000), fork: true };
    return repository(name, more);
  });
  json(response, JSON.stringify(forks), { link: `<${origin}/orgs/acme/repos?page=${page}>; rel="next"` });
}

function drip(response) {
  response.writeHead(200, { 'content-type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 500);
  response.on('close', () => clearInterval(timer));
}

const numbered = (count) => Array.from({ length: count }, (_, at) => `n${at}`);

export const CASES = [
  {
    what: 'names that break out of formats',
    answer: (response, _request, service) => json(response, JSON.stringify(LISTS[service](HOSTILE_NAMES))),
  },
  {
    what: 'an answer without an end',
    ...BROKEN,
    answer: (response) => forEver(response, ' '.repeat(65_536)),
  },
  {
    what: 'a list without an end',
    ...BROKEN,
    answer: (response) => forEver(response, '[{},'.repeat(16_384)),
  },
  {
    what: 'a header without an end',
    ...BROKEN,
    slow: true,
    answer: (_response, { socket }) => endlessHeader(socket),
  },
  {
    what: 'pages without an end',
    ...BROKEN,
    services: PAGED,
    slow: true,
    answer: nextPage,
  },
  {
    what: 'pages of 4 MB without an end',
    ...BROKEN,
    services: ['github'],
    slow: true,
    answer: largeNextPage,
  },
  { what: 'JSON a million levels deep', ...BROKEN, answer: always('['.repeat(1_000_000)) },
  {
    what: 'JSON that is closed again, a million levels deep',
    ...BROKEN,
    answer: always(`{"items":${'['.repeat(1_000_000)}${']'.repeat(1_000_000)}}`),
  },
  {
    what: 'a compressed bomb',
    ...BROKEN,
    answer: (response) => json(response, BOMB, { 'content-encoding': 'gzip' }),
  },
  {
    what: 'a name of 15 MB',
    told: false,
    answer: (response, _request, service) =>
      json(response, JSON.stringify(LISTS[service](['x'.repeat(15_000_000)]))),
  },
  {
    what: 'two thousand items on a page',
    // Each project is two requests more, at ten a second.
    services: ['vidbeo', 'cognitive3d', 'github'],
    mayTell: true,
    answer: (response, _request, service) => json(response, JSON.stringify(LISTS[service](numbered(2_000)))),
  },
  {
    what: 'sixty thousand keys on a page, with two findings each',
    services: ['vidbeo'],
    maxMiB: 2_000,
    timeoutMs: 300_000,
    answer: (response) => json(response, JSON.stringify(LISTS.vidbeo(numbered(60_000)))),
  },
  {
    what: 'a hundred thousand keys on a page, and one more',
    ...BROKEN,
    services: ['vidbeo'],
    answer: (response) =>
      json(
        response,
        JSON.stringify({ ...LISTS.vidbeo([]), result: numbered(100_001).map((id) => ({ id })) }),
      ),
  },
  ...[
    'null',
    '"text"',
    '7',
    '[]',
    '{}',
    'true',
    '',
    '\u0000',
    '<html>',
    '[[[]]]',
    '{"items":{},"result":7,"projects":"x"}',
  ].map((text) => ({
    what: `${text === '' ? 'nothing' : JSON.stringify(text)} in the place of a list`,
    // For GitHub an empty list is a list: of the organization's count it is told apart.
    ...BROKEN,
    answer: always(text),
  })),
  {
    what: 'names of prototypes',
    ...BROKEN,
    answer: always(
      '{"__proto__":{"items":[],"result":[],"projects":[]},"constructor":{"prototype":{"polluted":1}},"toString":1}',
    ),
  },
  {
    what: 'items that are none',
    ...BROKEN,
    services: PAGED,
    answer: (response, _request, service) =>
      json(
        response,
        JSON.stringify(LISTS[service]([])).replace(
          /"(items|result)":\[\]|^\[\]/,
          (_all, name) =>
            `${name ? `"${name}":` : ''}[null,7,"x",[],{},{"id":{}},{"id":"${RIGHT_TO_LEFT}"},{"__proto__":1}]`,
        ),
      ),
  },
  {
    what: 'bytes that are no UTF-8',
    ...BROKEN,
    answer: always(Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0xc0, 0x80, 0x22, 0x7d])),
  },
  {
    what: 'a redirect to another host',
    ...BROKEN,
    answer: (response, { foreign }) => redirect(response, foreign),
  },
  {
    what: 'a next page at another host',
    ...BROKEN,
    services: PAGED,
    answer: (response, { foreign }, service) =>
      json(
        response,
        JSON.stringify(LISTS[service](['a'], '2')).replace(
          /"\/(?:projects|keys)\?page=2"/,
          JSON.stringify(`${foreign}/keys?page=2`),
        ),
        { link: `<${foreign}/orgs/acme/repos?page=2>; rel="next"` },
      ),
  },
  {
    what: 'too many requests, for ever and a day',
    ...BROKEN,
    answer: (response) => refuse(response, 429, { 'retry-after': '99999999' }),
  },
  {
    what: 'a reset of the connection',
    ...BROKEN,
    slow: true,
    answer: (_response, { socket }) => socket.destroy(),
  },
  {
    what: 'an error page that quotes the credential',
    ...BROKEN,
    answer: (response, { headers }) =>
      refuse(response, 401, {}, `wrong key: ${headers.authorization} ${ESCAPE}[31m${RIGHT_TO_LEFT}`),
  },
  { what: 'an error without an end', ...BROKEN, slow: true, answer: errorForEver },
  { what: 'a drip of two bytes a second', ...BROKEN, slow: true, answer: drip },
];

const BOMB = gzipSync(Buffer.alloc(200_000_000, ' '));
const refuse = (response, status, headers = {}, text = '') => {
  response.writeHead(status, { 'content-type': 'text/plain', ...headers });
  response.end(text);
};
const redirect = (response, to) => refuse(response, 302, { location: `${to}/stolen` });

function errorForEver(response) {
  response.writeHead(403, { 'content-type': 'text/plain' });
  const more = () => {
    while (!response.destroyed && response.write('x'.repeat(65_536)));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
}

function endlessHeader(socket) {
  socket.write('HTTP/1.1 200 OK\r\nx: ');
  const more = () => {
    while (!socket.destroyed && socket.write('x'.repeat(65_536)));
    if (!socket.destroyed) socket.once('drain', more);
  };
  socket.on('error', () => undefined);
  more();
}
