// The last step of `npm run build`.
import { writeFileSync } from 'node:fs';
import { prepare } from './prepare.js';
import { PREPARED_FILE } from './prepared.js';

writeFileSync(PREPARED_FILE, JSON.stringify(await prepare()));
