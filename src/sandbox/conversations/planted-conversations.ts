import { apiVideoKey } from '../company/api-video-keys.js';
import { cognitive3dKey } from '../company/cognitive3d-keys.js';
import type { Conversation } from './conversation.js';

/** A key that somebody wrote where people talk: what a scan of conversations is expected to find. */
export interface PlantedConversation
  extends Pick<Conversation, 'repository' | 'list' | 'number' | 'title' | 'body' | 'ageDays'> {
  readonly value: string;
  /** Begins the label of the place; the number behind it is the sandbox's. */
  readonly label: string;
}

type Sketch = Omit<PlantedConversation, 'body'>;

const planted = (sketch: Sketch, body: (value: string) => string): PlantedConversation => ({
  ...sketch,
  body: body(sketch.value),
});

const CHECKOUT = apiVideoKey('checkout-prod/backend').value;
const ANDROID = apiVideoKey('android-app-prod/backend').value;
const ARCHIVE = cognitive3dKey('session-archive').value;

export const PLANTED_CONVERSATIONS: readonly PlantedConversation[] = [
  planted(
    {
      repository: 'checkout-ui',
      list: 'comments',
      number: 1,
      title: '',
      ageDays: 44,
      value: CHECKOUT,
      label: 'issues/comments/',
    },
    (value) =>
      `This is what I run, and it answers 200:\n\n    curl -u ${value}: https://ws.api.video/videos\n\nSo it is not the key.`,
  ),
  planted(
    {
      repository: 'android-app',
      list: 'review-comments',
      number: 2,
      title: '',
      ageDays: 30,
      value: ANDROID,
      label: 'pull/comments/',
    },
    (value) =>
      `Should this line not come from the build server?\n\n> <string name="api_video_key">${value}</string>`,
  ),
  planted(
    {
      repository: 'infra',
      list: 'variables',
      number: 0,
      title: 'C3D_API_KEY',
      ageDays: 25,
      value: ARCHIVE,
      label: 'variables',
    },
    (value) => value,
  ),
];
