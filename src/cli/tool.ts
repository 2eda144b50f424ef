import { readFileSync } from 'node:fs';

interface PackageFile {
  readonly name: string;
  readonly version: string;
}

const file = new URL('../../package.json', import.meta.url);
const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as PackageFile;

export const TOOL = { name, version } as const;
export const toolVersion = (): string => `${name} ${version}`;
