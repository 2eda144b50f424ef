import markdownIt from 'markdown-it';
import { micromark } from 'micromark';
import { gfm, gfmHtml } from 'micromark-extension-gfm';
import { describe, expect, test } from 'vitest';
import { html } from '../../src/reports/escape/html.js';
import { visibleName } from '../../src/reports/escape/visible.js';
import { ownerIssues } from '../../src/reports/issues/owner-issues.js';
import { HOSTILE_TEXTS } from '../support/hostile-text.js';
import { hostileResult } from '../support/hostile-result.js';
import { renderedFile } from '../support/rendered.js';

/** Both let HTML through and link bare addresses, as GitHub does. */
const lenient = markdownIt({ html: true, linkify: true, typographer: true });
const RENDERERS = [
  ['markdown-it', (text: string) => lenient.render(text)],
  [
    'micromark with GitHub’s extensions',
    (text: string) =>
      micromark(text, {
        allowDangerousHtml: true,
        allowDangerousProtocol: true,
        extensions: [gfm()],
        htmlExtensions: [gfmHtml()],
      }),
  ],
] as const;

/** What our own Markdown consists of. */
const OUR_TAGS: ReadonlySet<string> = new Set(
  'table tr th td code br b details summary ul li p h1 h2 h3 strong'.split(' '),
);
const documents = (text: string): readonly string[] => {
  const result = hostileResult([text]);
  return [renderedFile(result, 'markdown', 'keyaudit.md'), ...ownerIssues(result).map((issue) => issue.text)];
};
const CASES = HOSTILE_TEXTS.map((text) => [JSON.stringify(text).slice(0, 60), text] as const);

describe.each(RENDERERS)('rendered by %s', (_name, render) => {
  test.each(CASES)('%s becomes no element, attribute, link or picture', (_case, text) => {
    for (const document of documents(text)) {
      const tags = [...render(document).matchAll(/<\/?([A-Za-z!?][^\s/>]*)([^>]*)>/g)];
      expect(tags.length).toBeGreaterThan(10);
      expect(tags.filter(([, tag = '']) => !OUR_TAGS.has(tag)).map(([whole]) => whole)).toEqual([]);
      expect(tags.filter(([, , attributes]) => !/^\s*\/?$/.test(attributes ?? ''))).toEqual([]);
    }
  });

  test.each(CASES)('%s can be read as it is', (_case, text) => {
    const shown = render(documents(text)[0] ?? '');
    if (text.trim() !== '') expect(shown).toContain(`<code>${html(visibleName(text))}</code>`);
  });

  test('a name that is not escaped would be seen', () => {
    expect(render('- a <img src=x> https://evil.example')).toMatch(/<img src=x>.*<a href/);
  });
});
