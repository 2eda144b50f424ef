import { expect, it } from 'vitest';
import { githubOrigins } from '../../src/github/github-origins.js';

it.each([
  ['https://api.github.com', 'https://api.github.com', 'https://github.com'],
  ['https://api.octo.ghe.com', 'https://api.octo.ghe.com', 'https://octo.ghe.com'],
  ['https://git.example.com/api/v3', 'https://git.example.com', 'https://git.example.com'],
  ['https://api.example.com', 'https://api.example.com', 'https://api.example.com'],
  ['http://127.0.0.1:4817/github/api/v3', 'http://127.0.0.1:4817', 'http://127.0.0.1:4817'],
])('%s has its API at %s and its repositories at %s', (apiUrl, api, web) => {
  expect(githubOrigins(apiUrl)).toEqual({ api, web });
});
