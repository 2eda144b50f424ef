import { fakeKey } from '../../src/sandbox/fake-keys.js';

/** The query of the first page of any list of the Admin API, as our client asks for it. */
export const FIRST_PAGE = '?page=1&page_size=100&sort_by=created_at&sort_order=asc';

export const project = (id: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  project_id: id,
  name: `Project ${id}`,
  created_at: '2024-02-05T00:00:00+01:00',
  deletes_at: null,
  region: 'eu-central-1',
  deleted: false,
  ...more,
});

export const apiKey = (id: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  project_id: 'ignored',
  api_key_id: id,
  name: `Key ${id}`,
  created_at: '2025-01-01T12:00:00Z',
  value: fakeKey('api-video', id),
  ...more,
});

export const adminPage = (
  items: readonly unknown[],
  more: { next?: string; total?: number } = {},
): Record<string, unknown> => ({
  items,
  pagination: {
    page: 1,
    page_size: 100,
    ...(more.total === undefined ? {} : { item_count: more.total }),
  },
  links: [
    { rel: 'self', href: '/ignored' },
    ...(more.next === undefined ? [] : [{ rel: 'next', href: more.next }]),
  ],
});

export const delivered = (minutes: number): Record<string, unknown> => ({
  items: [
    {
      collected_on: '2026-10-31',
      video_hls_duration_minutes: minutes,
      video_mp4_duration_minutes: 0,
      live_stream_hls_duration_minutes: 0,
    },
  ],
});

export const hosted = (minutes: number): Record<string, unknown> => ({
  items: [{ collected_on: '2026-10-31', video_duration_minutes: minutes }],
});

export const projectsUrl = `/projects${FIRST_PAGE}`;
export const keysUrl = (id: string): string => `/projects/${id}/api-keys${FIRST_PAGE}`;
export const deliveryUrl = (id: string): string => `/projects/${id}/delivery-usage?interval=month`;
export const hostingUrl = (id: string): string => `/projects/${id}/hosting-usage?interval=month`;

/** Upload tokens, as the Video API pages them. */
export const tokenPage = (tokens: readonly unknown[], next?: string): Record<string, unknown> => ({
  data: tokens,
  pagination: {
    currentPage: 1,
    currentPageItems: tokens.length,
    pageSize: 100,
    links: [{ rel: 'self', uri: '/ignored' }, ...(next === undefined ? [] : [{ rel: 'next', uri: next }])],
  },
});
export const tokensUrl = '/upload-tokens?currentPage=1&pageSize=100&sortBy=createdAt&sortOrder=asc';
