import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { AuditResult } from '../../../src/core/result.js';
import { chromiumPath } from '../../support/browser.js';
import { HOSTILE_TEXTS } from '../../support/hostile-text.js';
import { hostileResult } from '../../support/hostile-result.js';
import { largeResult } from '../../support/large-result.js';
import { renderedFile } from '../../support/rendered.js';
import { completeSample, sampleResult } from '../../support/sample-result.js';

const executablePath = chromiumPath();
const folder = mkdtempSync(join(tmpdir(), 'keyaudit-html-'));

describe.skipIf(executablePath === undefined)(
  'the HTML report in Chromium (skipped where there is none)',
  () => {
    let browser: Browser;

    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] });
    });
    afterEach(async () => {
      for (const context of browser.contexts()) await context.close();
    });
    afterAll(async () => {
      await browser.close();
      rmSync(folder, { recursive: true });
    });

    /** What the page did that it must not: requests, errors, refusals by its own policy. */
    async function open(result: AuditResult, options: BrowserContextOptions = {}): Promise<[Page, string[]]> {
      const file = join(folder, 'keyaudit.html');
      writeFileSync(file, renderedFile(result, 'html', 'keyaudit.html'));
      // The accessibility checker injects itself; the page's own policy is tested without it.
      const page = await (await browser.newContext(options)).newPage();
      const faults: string[] = [];
      page.on('request', (request) => {
        if (request.url() !== pathToFileURL(file).href) faults.push(`request ${request.url()}`);
      });
      page.on('console', (message) => faults.push(`console ${message.text()}`));
      page.on('pageerror', (error) => faults.push(`error ${error.message}`));
      await page.goto(pathToFileURL(file).href);
      return [page, faults];
    }

    const RESULTS = [
      ['the sample', sampleResult()],
      ['the complete sample', completeSample()],
      ['hostile names', hostileResult()],
    ] as const;

    test.each(RESULTS)(
      '%s asks for nothing, breaks no rule and runs no foreign script',
      async (_name, result) => {
        const [page, faults] = await open(result);
        expect(faults).toEqual([]);
        expect(await page.locator('script').count()).toBe(1);
        expect(await page.locator('[onerror],[onmouseover],img,iframe').count()).toBe(0);
        expect(await page.locator('.findings tbody tr').count()).toBe(result.findings.length);
      },
    );

    const LOOKS: readonly (readonly [string, BrowserContextOptions])[] = [
      ['light', { colorScheme: 'light' }],
      ['dark', { colorScheme: 'dark' }],
      ['a phone', { viewport: { width: 375, height: 700 } }],
      ['no script', { javaScriptEnabled: false }],
    ];

    test.each(LOOKS.slice(0, 3))(
      'in %s it has no accessibility violation',
      async (_look, options) => {
        for (const result of [sampleResult(), hostileResult(HOSTILE_TEXTS.slice(0, 3))]) {
          const [page] = await open(result, { ...options, bypassCSP: true });
          await page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })");
          const { violations } = await new AxeBuilder({ page }).analyze();
          expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
        }
      },
      60_000,
    );

    test('the accessibility check sees what it should', async () => {
      const [page] = await open(completeSample(), { bypassCSP: true });
      await page.evaluate("document.querySelector('h1').style.color = '#ddd'");
      const { violations } = await new AxeBuilder({ page }).include('header').analyze();
      expect(violations.map(({ id }) => id)).toContain('color-contrast');
    });

    test.each(LOOKS)('in %s nothing is wider than the window', async (_look, options) => {
      const [page] = await open(hostileResult(), options);
      const { scrollWidth, width } = await page.locator('html').evaluate((root) => ({
        scrollWidth: root.scrollWidth,
        width: root.clientWidth,
      }));
      expect(scrollWidth).toBeLessThanOrEqual(width);
    });

    test('without script everything can be read, and nothing shows that needs it', async () => {
      const [page] = await open(sampleResult(), { javaScriptEnabled: false });
      const text = await page.locator('main').textContent();
      for (const part of ['C3D_ETL_KEY', 'leaked-live', 'Exposed for']) expect(text).toContain(part);
      expect(await page.locator('.filters').isVisible()).toBe(false);
      await page.locator('details.key summary').first().click();
      expect(await page.locator('details.key').first().innerText()).toContain('any address');
    });

    test('filters narrow the list and say how many are left', async () => {
      const [page] = await open(sampleResult());
      await page.getByRole('combobox', { name: 'Severity' }).selectOption('critical');
      await expect.poll(() => page.locator('#shown').innerText()).toBe('1 of 7 shown');
      await page.getByRole('combobox', { name: 'Severity' }).selectOption('');
      await page.getByRole('searchbox', { name: 'Search' }).fill('player AK2');
      await expect.poll(() => page.locator('#shown').innerText()).toBe('1 of 7 shown');
      expect(await page.locator('.findings tbody tr:visible').count()).toBe(1);
    });

    test('heads of columns sort, by keyboard too', async () => {
      const [page] = await open(sampleResult());
      const owners = () => page.locator('.findings tbody tr td:nth-child(5)').allTextContents();
      await page.getByRole('button', { name: 'Owner' }).press('Enter');
      expect((await owners())[0]).toBe('nobody');
      await page.getByRole('button', { name: 'Owner' }).press('Enter');
      expect((await owners())[0]).toBe('team-web');
    });

    test('a link to a key opens its section', async () => {
      const [page] = await open(sampleResult());
      await page.getByRole('link', { name: 'player ak2' }).first().click();
      expect(await page.locator('details.key[open]').innerText()).toContain('player ak2');
    });

    test('10,000 findings open within two seconds of the browser’s work', async () => {
      const [page, faults] = await open(largeResult(10_000));
      const devtools = await page.context().newCDPSession(page);
      // The processor's time: the clock's depends on who else uses the machine.
      await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
      await page.reload();
      await expect.poll(() => page.locator('#shown').innerText()).toBe('10000 of 10000 shown');
      const { metrics } = await devtools.send('Performance.getMetrics');
      const seconds = metrics.find(({ name }) => name === 'TaskDuration')?.value;
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThan(2);
      expect(faults).toEqual([]);
    }, 30_000);
  },
);
