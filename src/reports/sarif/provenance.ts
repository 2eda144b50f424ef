import type { Run } from 'sarif';
import type { Coverage } from '../../core/coverage.js';
import type { Finding } from '../../core/finding.js';

/** The name that many tools give to a repository's root. */
export const REPOSITORY_ROOT = '%SRCROOT%';

/** Which commit was scanned. Only where the repository's address is known: SARIF wants one. */
export function provenance(
  repository: string,
  coverage: readonly Coverage[],
  findings: readonly Finding[],
): Run['versionControlProvenance'] {
  const head = coverage.find((entry) => entry.source === repository && entry.head !== undefined)?.head;
  const repositoryUri = findings
    .flatMap((finding) => finding.places)
    .map((place) => (place.repository === repository ? addressOf(repository, place.url) : undefined))
    .find((address) => address !== undefined);
  if (head === undefined || repositoryUri === undefined) return undefined;
  return [{ repositoryUri, revisionId: head, mappedTo: { uriBaseId: REPOSITORY_ROOT } }];
}

/** `https://host/owner/name` out of a link to something below it. */
function addressOf(repository: string, link: string | undefined): string | undefined {
  if (link === undefined || !URL.canParse(link)) return undefined;
  const { protocol, origin, pathname } = new URL(link);
  const inside = pathname.startsWith(`/${repository}/`);
  return inside && /^https?:$/.test(protocol) ? `${origin}/${repository}` : undefined;
}
