// No written form of any key leaves the program.
import { inspect } from 'node:util';
import { Secret } from '../../../dist/core/secret.js';
import { fakeKey } from '../../../dist/sandbox/fake-keys.js';

export const name = 'Secrecy';

export async function run({ seed }) {
  const value = fakeKey('api-video', `secrecy ${seed}`);
  const shown = inspect({ deep: [Secret.of(value)] }, { depth: Infinity, showHidden: true, getters: true });
  return [{ what: 'util.inspect of our objects', times: 1, lost: shown.includes(value.slice(0, 9)) ? 1 : 0 }];
}
