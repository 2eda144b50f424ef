/** How fast one credential may be used at one host. */
export interface RateLimit {
  /** Which API it is about: two APIs behind one gateway count apart. */
  readonly api: string;
  readonly requests: number;
  readonly windowMs: number;
  /** How many requests may be under way at once. */
  readonly concurrency: number;
  /** Where the numbers come from. */
  readonly source: string;
}

export const RATE_LIMITS = {
  apiVideoAdmin: {
    api: 'api.video Admin API',
    requests: 10,
    windowMs: 1000,
    concurrency: 6,
    source: 'api.video, "Admin API" guide: 10 requests per second',
  },
  apiVideo: {
    api: 'api.video Video API',
    requests: 500,
    windowMs: 60_000,
    concurrency: 4,
    source: 'api.video, API reference overview: 500 reads per minute',
  },
  vidbeo: {
    api: 'Vidbeo API',
    requests: 5,
    windowMs: 1000,
    concurrency: 1,
    source: 'our judgement: Vidbeo documents a 429 and no number, and its pages follow one another anyway',
  },
  cognitive3d: {
    api: 'Cognitive3D API',
    requests: 5,
    windowMs: 1000,
    concurrency: 1,
    source:
      'Cognitive3D, API guide: requests one after another, never in parallel; the number is our judgement',
  },
} satisfies Record<string, RateLimit>;

/**
 * Added to each window. Requests leave evenly but arrive with the network's jitter: at exactly the documented rate
 * every client collects 429s, and 4 % is what it costs to be rid of them.
 */
export const SLACK = 0.04;
/** Backoff without a word of the server: full jitter between 0 and 0.5 s, 1 s, 2 s, … up to 20 s. */
export const BACKOFF_BASE_MS = 500;
export const BACKOFF_CAP_MS = 20_000;
/** From sending to the last byte of the answer. */
export const REQUEST_TIMEOUT_MS = 30_000;
/** A page of 100 records has some 40 KiB. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;
/**
 * What one source may spend in all: a vendor that is down must not hold a release for an hour, and one that has turned
 * hostile must not fill the memory or go on for ever. 10,000 projects take some 31,000 requests and 40 MiB.
 */
export const SOURCE_BUDGET = {
  retries: 100,
  waitMs: 5 * 60_000,
  requests: 100_000,
  /** Keys, projects and tokens in all lists: more than the largest account that was thought of has. 60,000 keys took 1.6 GB. */
  records: 100_000,
  bytes: 256 * 1024 * 1024,
  /** Beyond what each request may take without being slow. */
  slowMs: 10 * 60_000,
};
export const SLOW_REQUEST_MS = 5_000;
