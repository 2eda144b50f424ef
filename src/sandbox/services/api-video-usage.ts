import { dateOf } from '../../core/instant.js';
import { daysAgo } from '../as-of.js';
import type { SeededProject } from '../company/api-video-projects.js';
import { drawBetween } from '../draw.js';
import type { Answer } from '../server/exchange.js';
import { apiVideoProblem } from './api-video-problem.js';

/** Documented: the past 30 days, the past 7. */
const DAYS: ReadonlyMap<string, number> = new Map([
  ['month', 30],
  ['week', 7],
]);

function perDay(interval: string | null, entry: (age: number) => object): Answer {
  const days = DAYS.get(interval ?? '');
  if (days === undefined) return apiVideoProblem(400, 'interval');
  const items = Array.from({ length: days }, (_, index) => {
    const age = days - index;
    return { collected_on: dateOf(daysAgo(age)), ...entry(age) };
  });
  return { status: 200, body: { items } };
}

/** What was delivered on each day. */
export function deliveryUsage(project: SeededProject, interval: string | null): Answer {
  return perDay(interval, (age) => {
    const minutes = Math.round(
      (project.deliveredMinutes * drawBetween(`${project.slug} ${age}`, 80, 120)) / 100,
    );
    const live = project.slug.startsWith('live-studio') ? Math.round(minutes / 3) : 0;
    return {
      video_hls_duration_minutes: minutes - live,
      video_mp4_duration_minutes: 0,
      live_stream_hls_duration_minutes: live,
    };
  });
}

/** What is stored, cumulative: it grows a little each day where a project is in use. */
export function hostingUsage(project: SeededProject, interval: string | null): Answer {
  const daily = project.deliveredMinutes === 0 ? 0 : 3;
  return perDay(interval, (age) => ({ video_duration_minutes: project.storedMinutes - age * daily }));
}
