import type { Team } from './people.js';

/** A product of the seeded company that shows video. */
export interface System {
  readonly id: string;
  readonly title: string;
  readonly team: Team;
  readonly purpose: string;
}

const system = (id: string, title: string, team: Team, purpose: string): System => ({
  id,
  title,
  team,
  purpose,
});

export const SYSTEMS: readonly System[] = [
  system('web-shop', 'Web shop', 'team-commerce', 'product films on item pages'),
  system('checkout', 'Checkout', 'team-commerce', 'how-to clips next to the payment form'),
  system('partner-feed', 'Partner feed', 'team-commerce', 'product films for resellers'),
  system('newsletter', 'Newsletter', 'team-commerce', 'teasers in the weekly mail'),
  system('ios-app', 'iOS app', 'team-mobile', 'in-app player'),
  system('android-app', 'Android app', 'team-mobile', 'in-app player'),
  system('store-kiosk', 'Store kiosk', 'team-mobile', 'loops on the screens in shops'),
  system('cms', 'Editorial CMS', 'team-content', 'films inside articles'),
  system('press-room', 'Press room', 'team-content', 'footage for journalists'),
  system('academy', 'Academy', 'team-content', 'courses for customers'),
  system('live-studio', 'Live studio', 'team-content', 'launch events'),
  system('analytics', 'Analytics', 'team-data', 'nightly figures'),
  system('recommender', 'Recommender', 'team-data', 'what to watch next'),
  system('media-pipeline', 'Media pipeline', 'team-platform', 'transcoding and thumbnails'),
  system('support-portal', 'Support portal', 'team-platform', 'repair guides'),
  system('intranet', 'Intranet', 'team-platform', 'all-hands recordings'),
  system('training-vr', 'VR training', 'team-xr', 'safety training with headsets'),
];

export function systemOf(id: string): System {
  const found = SYSTEMS.find((entry) => entry.id === id);
  if (found === undefined) throw new RangeError(`the seeded company has no system ${id}`);
  return found;
}
