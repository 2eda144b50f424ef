import { daysAgo } from '../as-of.js';
import type { Person } from '../company/people.js';
import { drawBetween } from '../draw.js';
import { type CommitPlan, type RepositoryPlan, type TagPlan, UNREACHABLE } from './plan.js';

const NO_COMMIT = '0'.repeat(40);

/** The repository as input for `git fast-import`; the same plan gives the same bytes, and so the same commit ids. */
export function fastImportStream(plan: RepositoryPlan): Buffer {
  const marks = new Map(plan.commits.map((commit, index) => [commit.id, `:${index + 1}`]));
  const markOf = (id: string): string => {
    const mark = marks.get(id);
    if (mark === undefined) throw new RangeError(`${plan.name} has no commit ${id}`);
    return mark;
  };
  const lost = plan.commits.some((commit) => commit.ref === UNREACHABLE);
  return Buffer.concat([
    ...plan.commits.map((commit) => commitBlock(commit, markOf)),
    ...plan.tags.map((tag) => tagBlock(tag, markOf)),
    Buffer.from(lost ? `reset ${UNREACHABLE}\nfrom ${NO_COMMIT}\n\n` : ''),
    Buffer.from('done\n'),
  ]);
}

function commitBlock(commit: CommitPlan, markOf: (id: string) => string): Buffer {
  const who = signature(commit.by, commit.ageDays, commit.id);
  const head = [
    `commit ${commit.ref}`,
    `mark ${markOf(commit.id)}`,
    `author ${who}`,
    `committer ${who}`,
    dataOf(commit.message),
    ...(commit.from === undefined ? [] : [`from ${markOf(commit.from)}`]),
    ...(commit.mergeOf === undefined ? [] : [`merge ${markOf(commit.mergeOf)}`]),
  ];
  const changes = Object.entries(commit.files).map(([path, content]) => changeOf(path, content));
  return Buffer.concat([Buffer.from(`${head.join('\n')}\n`), ...changes, Buffer.from('\n')]);
}

function changeOf(path: string, content: string | Uint8Array | null): Buffer {
  if (content === null) return Buffer.from(`D ${path}\n`);
  const bytes = Buffer.from(content);
  return Buffer.concat([
    Buffer.from(`M 100644 inline ${path}\ndata ${bytes.length}\n`),
    bytes,
    Buffer.from('\n'),
  ]);
}

const tagBlock = (tag: TagPlan, markOf: (id: string) => string): Buffer =>
  Buffer.from(
    `tag ${tag.name}\nfrom ${markOf(tag.commit)}\ntagger ${signature(tag.by, tag.ageDays, tag.name)}\n${dataOf(tag.message)}\n`,
  );

const dataOf = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}`;

/** People commit between 8:00 and 18:00. */
function signature(person: Person, ageDays: number, seed: string): string {
  const minute = drawBetween(`minute of ${seed}`, 480, 1_080);
  const seconds = Date.parse(daysAgo(ageDays, minute)) / 1_000;
  return `${person.name} <${person.email}> ${seconds} +0000`;
}
