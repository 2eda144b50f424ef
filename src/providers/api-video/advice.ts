import type { Advice } from '../../http/http-error.js';

/** What the Admin API's answers may mean. */
export const ADMIN_ADVICE: Advice = {
  unauthorised:
    "The admin key is wrong or was revoked, or it is a project's key or a sandbox key: the Admin API wants the admin API key that api.video's support issues. Check the source's `credential`.",
  forbidden:
    'The api.video account is suspended (the vendor answers 403 for that), or the admin key may not read this project. Ask api.video, with the project named here.',
  'not-found':
    'The project was deleted meanwhile, or `baseUrl` is not that of the Admin API (https://admin.api.video).',
  'rate-limited': 'Something else uses the same admin key: the Admin API allows 10 requests a second in all.',
};

/** What the Video API's answers may mean when upload tokens are listed. */
export const VIDEO_ADVICE: Advice = {
  unauthorised:
    "The project's key was deleted meanwhile, or it belongs to the other environment: sandbox keys work at https://sandbox.api.video only. Check `videoBaseUrl`.",
  forbidden: 'The api.video account is suspended (the vendor answers 403 for that). Ask api.video.',
  'rate-limited': 'Something else uses the same account: the Video API allows 500 reads a minute.',
};
