import { type Fact, known, notApplicable, unknown } from '../../core/fact.js';
import type { UsageDay } from '../../core/key.js';
import type { ApiClient } from '../../http/api-client.js';
import { urlBelow } from '../../http/base-url.js';
import { HttpError } from '../../http/http-error.js';
import { reasonOf } from '../list-coverage.js';
import { checkAnswer } from '../read-page.js';
import { deliverySchema, hostingSchema } from './schema.js';

/** A project's use, or why it is not known; `failure` when it was asked for in vain. */
export interface UsageReading {
  readonly days: Fact<readonly UsageDay[]>;
  readonly asked: boolean;
  readonly failure: HttpError | undefined;
}

/** Asked for to no purpose: only the idleness of projects with live keys is judged. */
const NO_KEYS = 'not asked for: the project has no keys';
/** Hosting is only looked at to tell an idle project from one that is filled. */
const IN_USE = 'not asked for: the project delivers';

export const notAsked = (days: Fact<never>): UsageReading => ({ days, asked: false, failure: undefined });

/** What was delivered in the past 30 days; not asked for where there are no keys. */
export async function readDelivery(
  client: ApiClient,
  project: string,
  keyCount: Fact<number>,
): Promise<UsageReading> {
  if (keyCount.state === 'known' && keyCount.value === 0) return notAsked(notApplicable(NO_KEYS));
  return readUsage(async () => {
    const what = `delivery usage of ${project}`;
    const answer = await client.get(usageUrl(client, project, 'delivery-usage'), what);
    return checkAnswer(answer, deliverySchema, what).items.map((day) => ({
      collectedOn: day.collected_on,
      minutes:
        day.video_hls_duration_minutes +
        day.video_mp4_duration_minutes +
        day.live_stream_hls_duration_minutes,
    }));
  });
}

/** What was stored in the past 30 days; asked for only where nothing was delivered. */
export async function readHosting(
  client: ApiClient,
  project: string,
  { days }: UsageReading,
): Promise<UsageReading> {
  if (days.state === 'not-applicable') return notAsked(days);
  if (days.state === 'unknown') return notAsked(unknown('not asked for: the delivery is not known'));
  if (days.value.some((day) => day.minutes > 0)) return notAsked(notApplicable(IN_USE));
  return readUsage(async () => {
    const what = `hosting usage of ${project}`;
    const answer = await client.get(usageUrl(client, project, 'hosting-usage'), what);
    return checkAnswer(answer, hostingSchema, what).items.map((day) => ({
      collectedOn: day.collected_on,
      minutes: day.video_duration_minutes,
    }));
  });
}

async function readUsage(read: () => Promise<readonly UsageDay[]>): Promise<UsageReading> {
  try {
    return { days: known(await read()), asked: true, failure: undefined };
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    return { days: unknown(reasonOf(error)), asked: true, failure: error };
  }
}

const usageUrl = (client: ApiClient, project: string, kind: string): URL =>
  urlBelow(client.baseUrl, `/projects/${encodeURIComponent(project)}/${kind}`, { interval: 'month' });
