import { type IssueMarker, markerText } from './issue-marker.js';

/** An issue as it should be. */
export interface IssueWish {
  readonly marker: IssueMarker;
  readonly title: string;
  /** Markdown, without the marker. */
  readonly text: string;
  readonly labels: readonly string[];
}

/** An open issue of ours as it is. */
export interface OwnIssue {
  readonly number: number;
  readonly title: string;
  readonly marker: IssueMarker;
}

export type IssueStep =
  | {
      readonly act: 'open';
      readonly title: string;
      readonly body: string;
      readonly labels: readonly string[];
    }
  | { readonly act: 'update'; readonly number: number; readonly title: string; readonly body: string }
  | { readonly act: 'close'; readonly number: number; readonly title: string; readonly body: string }
  | { readonly act: 'keep'; readonly number: number; readonly title: string };

const CLOSED = 'No finding is left: keyaudit closed this issue after an audit that could read everything.\n';

/** What to do so that each owner has one issue that says what is found now; for a complete audit only. */
export function planIssues(
  wishes: readonly IssueWish[],
  existing: readonly OwnIssue[],
): readonly IssueStep[] {
  const oldest = new Map<string, OwnIssue>();
  for (const issue of existing.toSorted((left, right) => left.number - right.number))
    if (!oldest.has(issue.marker.owner)) oldest.set(issue.marker.owner, issue);
  const wanted = new Set(wishes.map(({ marker }) => marker.owner));
  const steps = wishes.map((wish) => stepFor(wish, oldest.get(wish.marker.owner)));
  // Of two issues of one owner, which two runs at once can make, the first stays.
  const left = existing.filter(
    (issue) => !wanted.has(issue.marker.owner) || oldest.get(issue.marker.owner) !== issue,
  );
  return [...steps, ...left.map(closing)];
}

function stepFor(wish: IssueWish, issue: OwnIssue | undefined): IssueStep {
  const { title, marker, labels } = wish;
  const body = `${markerText(marker)}\n${wish.text}`;
  if (issue === undefined) return { act: 'open', title, body, labels };
  const { number } = issue;
  return issue.marker.state === marker.state
    ? { act: 'keep', number, title: issue.title }
    : { act: 'update', number, title, body };
}

const closing = ({ number, title, marker }: OwnIssue): IssueStep => ({
  act: 'close',
  number,
  title,
  body: `${markerText(marker)}\n${CLOSED}`,
});
