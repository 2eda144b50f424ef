/** What makes a Vidbeo key different from the orderly ones. */
export interface VidbeoStory {
  readonly name?: string;
  readonly permissions?: readonly string[];
  readonly ips?: readonly string[];
  readonly ageDays?: number;
  readonly creatorLeft?: boolean;
  readonly creatorUnknown?: boolean;
}

const OPEN: readonly string[] = [];

/** By `<system>/<role>`. Every kind of allowlist that the rules speak of occurs at least once. */
export const VIDBEO_STORIES: Readonly<Record<string, VidbeoStory>> = {
  'cms/publisher': { ips: OPEN, ageDays: 640, creatorLeft: true },
  'press-room/publisher': { ips: OPEN, ageDays: 47 },
  'newsletter/publisher': { ips: OPEN, ageDays: 118, name: 'newsletter publish (old)' },
  'web-shop/player': { ips: OPEN, ageDays: 35 },
  'ios-app/player': { ips: OPEN, ageDays: 64 },
  'android-app/player': { ips: OPEN, ageDays: 71 },
  'academy/player': { ips: OPEN, ageDays: 29 },
  'store-kiosk/player': { ips: OPEN, ageDays: 152 },
  'partner-feed/catalogue': { ips: ['12.0.0.0/8'], ageDays: 81 },
  'recommender/search-index': { ips: ['0.0.0.0/1', '128.0.0.0/1'], ageDays: 22 },
  'intranet/player': { ips: ['10.20.0.0/16'], ageDays: 55 },
  'store-kiosk/backup': { ips: ['192.168.4.17', '11.64.12.9'], ageDays: 12 },
  'live-studio/captions': { ips: ['11.80.4.300', '11.80.4.12'], ageDays: 40 },
  'analytics/report': { ips: ['11.80.132.8/32', 'office north'], ageDays: 66 },
  'checkout/catalogue': { ips: ['11.80.4.21/27'], ageDays: 31 },
  'media-pipeline/backup': { ips: ['11.80.4.5/32', '11.80.4.5/32'], ageDays: 77 },
  'academy/search-index': { ips: ['11.80.132.0/27', '11.80.132.9/32'], ageDays: 83 },
  'training-vr/catalogue': { ips: ['2a0e:fd45::/32'], ageDays: 59 },
  'press-room/player': { ips: ['11.64.0.0/20'], ageDays: 26 },
  'partner-feed/player': { ips: ['13.118.40.6/32'], ageDays: 49 },
  'live-studio/player': { permissions: ['fetch', 'publish'], ageDays: 18 },
  'analytics/backup': { permissions: [], ageDays: 61 },
  'web-shop/captions': { creatorLeft: true, ageDays: 301 },
  'ios-app/publisher': { creatorLeft: true, ageDays: 188 },
  'intranet/captions': { creatorLeft: true, ageDays: 72 },
  'support-portal/captions': { creatorUnknown: true },
  'recommender/backup': { creatorUnknown: true, name: 'backup pavel@fjordlight.example' },
  'checkout/report': { name: 'test' },
  'training-vr/report': { name: 'untitled' },
  'support-portal/report': { name: 'keyaudit (read-only)', ips: ['11.80.4.2/32'], ageDays: 14 },
};
