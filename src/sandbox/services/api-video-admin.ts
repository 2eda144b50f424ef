import type { Clock } from '../../core/run-context.js';
import { API_VIDEO_ADMIN_KEY, API_VIDEO_KEYS, type ApiVideoKey } from '../company/api-video-keys.js';
import { PROJECTS, type SeededProject } from '../company/api-video-projects.js';
import { basicCredentials } from '../server/credentials-of.js';
import { defineService } from '../server/define-service.js';
import type { Answer, Exchange, Service } from '../server/exchange.js';
import { RateWindows } from '../server/rate-window.js';
import type { Params, Route } from '../server/route.js';
import { adminPage } from './api-video-page.js';
import { apiVideoProblem } from './api-video-problem.js';
import { deliveryUsage, hostingUsage } from './api-video-usage.js';

/** Documented for the Admin API: 10 requests a second. */
const LIMIT = { requests: 10, windowMs: 1_000 };

const projectJson = (project: SeededProject): object => ({
  project_id: project.id,
  name: project.name,
  created_at: project.createdAt.replace('.000Z', '+00:00'),
  deletes_at: project.deletesAt,
  region: 'eu-central-1',
  deleted: project.deleted,
});

const keyJson = (key: ApiVideoKey): object => ({
  project_id: key.project.id,
  api_key_id: key.id,
  name: key.name,
  created_at: key.createdAt.replace('.000Z', '+00:00'),
  value: key.value,
});

type ProjectAnswer = (project: SeededProject, exchange: Exchange, params: Params) => Answer;

/** A route below one project; 404 when there is no such project. */
function inProject(pattern: string, answer: ProjectAnswer): Route<object> {
  return {
    method: 'GET',
    pattern: `/projects/:project${pattern}`,
    answer: ({ exchange, params }) => {
      const project = PROJECTS.find(({ id }) => id === params.get('project'));
      return project === undefined ? apiVideoProblem(404) : answer(project, exchange, params);
    },
  };
}

const named = <T extends { readonly name: string }>(items: readonly T[], { query }: Exchange): readonly T[] =>
  items.filter(({ name }) => name.includes(query.get('name') ?? ''));

const keysOf = (project: SeededProject): readonly ApiVideoKey[] =>
  API_VIDEO_KEYS.filter((key) => key.project.id === project.id);

function oneKey(project: SeededProject, id: string | undefined): Answer {
  const key = keysOf(project).find((entry) => entry.id === id);
  return key === undefined ? apiVideoProblem(404) : { status: 200, body: keyJson(key) };
}

// `count` before `:project`: the first route that fits answers.
const ROUTES: readonly Route<object>[] = [
  { method: 'GET', pattern: '/projects/count', answer: ({ exchange }) => count(named(PROJECTS, exchange)) },
  {
    method: 'GET',
    pattern: '/projects',
    answer: ({ exchange }) => adminPage(exchange, named(PROJECTS, exchange).map(projectJson)),
  },
  inProject('', (project) => ({ status: 200, body: projectJson(project) })),
  inProject('/api-keys/count', (project, exchange) => count(named(keysOf(project), exchange))),
  inProject('/api-keys', (project, exchange) =>
    adminPage(exchange, named(keysOf(project), exchange).map(keyJson)),
  ),
  inProject('/api-keys/:key', (project, _, params) => oneKey(project, params.get('key'))),
  inProject('/delivery-usage', (project, { query }) => deliveryUsage(project, query.get('interval'))),
  inProject('/hosting-usage', (project, { query }) => hostingUsage(project, query.get('interval'))),
];

const count = (items: readonly unknown[]): Answer => ({ status: 200, body: { count: items.length } });

export function apiVideoAdminService(clock: Pick<Clock, 'now'>): Service {
  const windows = new RateWindows(LIMIT, clock);
  return defineService<object>({
    name: 'api-video-admin',
    prefix: '/api-video-admin',
    authenticate: (exchange) => {
      const given = basicCredentials(exchange);
      return given?.user === API_VIDEO_ADMIN_KEY && given.password === '' ? given : 401;
    },
    limit: () => windows.ticket('account'),
    routes: ROUTES,
    refuse: (status) => apiVideoProblem(status),
  });
}
