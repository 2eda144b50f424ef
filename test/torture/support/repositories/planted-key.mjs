// The key that the hostile repositories hold, and the file that it stands in.
import { fakeKey } from '../../../../dist/sandbox/fake-keys.js';

export const KEY = fakeKey('cognitive3d', 'torture repositories');
export const LEAK = `C3D_KEY=${KEY}\n`;
