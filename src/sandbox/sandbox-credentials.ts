import { API_VIDEO_ADMIN_KEY } from './company/api-video-keys.js';
import { COGNITIVE3D_KEYS } from './company/cognitive3d-keys.js';
import { VIDBEO_AUDIT_LABEL, vidbeoKey } from './company/vidbeo-keys.js';
import { GITHUB_TOKEN } from './services/github-auth.js';

/** What the demo's configuration reads from its environment: the sandbox's own fake credentials, by variable. */
export function sandboxCredentials(): Readonly<Record<string, string>> {
  const cognitive3d = COGNITIVE3D_KEYS.flatMap(({ envName, value }) =>
    envName === undefined ? [] : [[envName, value]],
  );
  return {
    KEYAUDIT_DEMO_API_VIDEO: API_VIDEO_ADMIN_KEY,
    KEYAUDIT_DEMO_VIDBEO: vidbeoKey(VIDBEO_AUDIT_LABEL).value,
    KEYAUDIT_DEMO_GITHUB: GITHUB_TOKEN,
    ...Object.fromEntries(cognitive3d),
  };
}
