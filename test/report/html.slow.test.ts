import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { CheckView } from '@statewright/compat';
import { escapeText } from '@statewright/report';
import type { Locator, Page } from 'playwright-core';
import { ROOT } from '../architecture/source-tree.js';
import { TestBrowser } from './browser.js';
import { pageOf } from './page-file.js';
import { CHECK, HOSTILE_TEXTS, hostileCheck } from './sample-views.js';

/* Pages that the program writes, opened in Chromium. */

const KINDS = 'fixtures/savepoints/zoo-kinds-flink2.3-rocksdb-savepoint';
const FRAUD = 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint';
const STORY = 'fixtures/stories/descriptor-renamed/flink2.3';

/** Arguments of the program, and how many tables and charts its page has. */
const PAGES = {
  stats: { words: [KINDS, '--ttl', '7d', '--at', '2026-01-01T00:00:00Z'], tables: 2, charts: 7 },
  diff: { words: [FRAUD, `${STORY}/current`], tables: 3, charts: 1 },
  check: {
    words: ['fixtures/stories/pojo-field-added/flink2.3/previous', '--against', FRAUD],
    tables: 2,
    charts: 1,
  },
  lint: { words: ['fixtures/savepoints/zoo-pojos-flink2.3-rocksdb-savepoint'], tables: 1, charts: 1 },
} as const;

function written(verb: keyof typeof PAGES): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'statewright-html-'));
  const file = path.join(folder, 'page.html');
  try {
    const main = path.join(ROOT, 'cli/bin/statewright.js');
    execFileSync(process.execPath, [main, verb, ...PAGES[verb].words, '--html', file], {
      cwd: ROOT,
      stdio: 'ignore',
    });
  } catch (error) {
    // Findings give the exit code; a page that is missing fails below.
    if ((error as { status?: number }).status === 1) throw error;
  }
  const html = readFileSync(file, 'utf8');
  rmSync(folder, { recursive: true });
  return html;
}

/** A column of a table by its heading, as it stands there. */
async function column(table: Locator, title: string): Promise<string[]> {
  const titles = await table.locator('th').allInnerTexts();
  const at = titles.findIndex((text) => text.startsWith(title)) + 1;
  return table.locator(`tbody tr:not(.details) td:nth-child(${at})`).allInnerTexts();
}

function bytesOf(text: string): number {
  const [, digits = '0', unit = 'B'] = /^([\d.]+) (B|kB|MB)$/.exec(text) ?? [];
  return Number(digits) * { B: 1, kB: 1e3, MB: 1e6 }[unit as 'B']!;
}

/** How wide the page is beyond what can be seen of it, in pixels. */
function overflow(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

/** Runs in the page: contrast of a text with what is behind it, as WCAG 2 has it. */
const CONTRAST = `(node) => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[0-9.]+/g).slice(0, 3).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (each) => {
    const colour = getComputedStyle(each).backgroundColor;
    return colour === 'rgba(0, 0, 0, 0)' ? behind(each.parentElement) : colour;
  };
  const [a, b] = [light(getComputedStyle(node).color), light(behind(node))].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
}`;

/** Runs in the page: texts of cells that stand outside of it. */
const HIDDEN_CELLS = `[...document.querySelectorAll('td')]
  .filter((cell) => cell.textContent !== '' && cell.getClientRects().length > 0)
  .filter((cell) => cell.getBoundingClientRect().right > innerWidth + 1 || cell.scrollWidth > cell.clientWidth + 1)
  .map((cell) => cell.textContent)`;

describe('HTML pages in Chromium', () => {
  let browser: TestBrowser;
  before(async () => {
    browser = await TestBrowser.start();
  });
  after(() => browser.stop());

  for (const [verb, { tables, charts }] of Object.entries(PAGES)) {
    test(`${verb}: draws all of it, says nothing, asks for nothing`, async () => {
      const { page, noises } = await browser.open(`${verb}.html`, written(verb as keyof typeof PAGES));
      await page
        .locator('figure svg')
        .nth(charts - 1)
        .waitFor();
      assert.equal(await page.locator('table').count(), tables);
      assert.equal(await page.locator('figure svg').count(), charts);
      assert.ok((await page.locator('tbody tr').count()) > 0);
      assert.ok((await overflow(page)) <= 0);
      assert.deepEqual(noises, []);
      await page.context().close();
    });
  }

  test('a click on a heading sorts, a second one turns it round', async () => {
    const { page } = await browser.open('sort.html', written('stats'));
    const table = page.getByRole('table', { name: 'States' });
    const heading = table.getByRole('columnheader', { name: 'Bytes' });
    // What the page opens with.
    assert.equal(await heading.getAttribute('aria-sort'), 'descending');
    await table.getByRole('columnheader', { name: 'State' }).getByRole('button').click();
    assert.equal(await heading.getAttribute('aria-sort'), 'none');
    await heading.getByRole('button').click();
    assert.equal(await heading.getAttribute('aria-sort'), 'descending');
    const down = (await column(table, 'Bytes')).map(bytesOf);
    assert.equal(down.length, 23);
    assert.deepEqual(
      down,
      [...down].sort((a, b) => b - a),
    );
    assert.ok(down[0]! > down.at(-1)!);
    await heading.getByRole('button').click();
    assert.equal(await heading.getAttribute('aria-sort'), 'ascending');
    assert.deepEqual((await column(table, 'Bytes')).map(bytesOf), [...down].reverse());
    await page.context().close();
  });

  test('search keeps the rows that hold all words', async () => {
    const { page } = await browser.open('search.html', written('stats'));
    await page.keyboard.press('/');
    await page.keyboard.type('TTL/map by-int');
    const table = page.getByRole('table', { name: 'States' });
    assert.deepEqual(
      (await column(table, 'State')).map((text) => text.trim()),
      ['kinds-with-ttl/map-by-int'],
    );
    assert.match((await page.locator('.foot').last().textContent()) ?? '', /^1 of 23 rows/);
    await page.getByRole('searchbox').fill('nothing like that');
    assert.equal(await page.locator('tbody tr').count(), 0);
    await page.getByRole('searchbox').fill('');
    assert.equal(await table.locator('tbody tr').count(), 23);
    await page.context().close();
  });

  test('a row opens by keyboard and shows what stands out', async () => {
    const { page, noises } = await browser.open('open.html', written('stats'));
    const table = page.getByRole('table', { name: 'States' });
    const row = table.locator('tbody tr', { hasText: 'kinds-with-ttl/list-of-strings' });
    await row.getByRole('button').focus();
    await page.keyboard.press('Enter');
    const details = (await page.locator('tr.details').textContent()) ?? '';
    for (const label of ['type', 'largest keys', 'key groups', 'ttl', 'values by size', 'values by age'])
      assert.ok(details.includes(label), label);
    await page.locator('tr.details svg').first().waitFor();
    assert.equal(await row.getByRole('button').getAttribute('aria-expanded'), 'true');
    // The button keeps the focus: the same key closes.
    await page.keyboard.press('Enter');
    assert.equal(await page.locator('tr.details').count(), 0);
    assert.equal(await row.getByRole('button').getAttribute('aria-expanded'), 'false');
    assert.deepEqual(noises, []);
    await page.context().close();
  });

  for (const scheme of ['light', 'dark'] as const) {
    test(`${scheme}: texts can be read`, async () => {
      const { page } = await browser.open(`${scheme}.html`, pageOf(CHECK), { colorScheme: scheme });
      const texts = [
        'h1',
        '.facts li',
        '.conclusion',
        '.tile span',
        'td.code',
        '.tone.bad',
        '.tone.warn',
        '.tone.dim',
      ];
      for (const selector of texts) {
        const found = Number(await page.evaluate(`(${CONTRAST})(document.querySelector('${selector}'))`));
        assert.ok(found >= 4.5, `${selector} has a contrast of ${found.toFixed(1)} to 1`);
      }
      const back = await page.evaluate('getComputedStyle(document.body).backgroundColor');
      assert.equal(back, scheme === 'light' ? 'rgb(246, 247, 249)' : 'rgb(17, 21, 26)');
      await page.context().close();
    });
  }

  for (const verb of Object.keys(PAGES) as (keyof typeof PAGES)[]) {
    test(`${verb} on a phone of 320 pixels: every cell can be seen, named by its column`, async () => {
      const { page } = await browser.open('phone.html', written(verb), {
        viewport: { width: 320, height: 700 },
      });
      await page.locator('figure svg').first().waitFor();
      assert.ok((await overflow(page)) <= 0, `${await overflow(page)} pixels too wide`);
      const hidden = await page.evaluate(HIDDEN_CELLS);
      assert.deepEqual(hidden, []);
      const title = `getComputedStyle(document.querySelector('td:nth-child(2)'), '::before').content`;
      assert.match(String(await page.evaluate(title)), /^"[A-Z]/);
      await page.context().close();
    });
  }

  test('a phone: a card opens by a tap', async () => {
    const { page } = await browser.open('tap.html', written('lint'), {
      viewport: { width: 320, height: 700 },
      hasTouch: true,
    });
    await page.locator('tbody tr').first().tap();
    assert.match((await page.locator('tr.details').textContent()) ?? '', /remedy/);
    assert.ok((await overflow(page)) <= 0);
    await page.context().close();
  });

  for (const [name, width] of [
    ['a phone', 390],
    ['paper', 680],
  ] as const) {
    test(`${name}: nothing is cut off`, async () => {
      const { page } = await browser.open('narrow.html', written('check'), {
        viewport: { width, height: 900 },
      });
      if (name === 'paper') await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      await page.locator('figure svg').first().waitFor();
      assert.ok((await overflow(page)) <= 0, `${await overflow(page)} pixels too wide`);
      await page.context().close();
    });
  }

  test('print: black on white, no controls, every table fits', async () => {
    const { page } = await browser.open('print.html', written('diff'), {
      viewport: { width: 680, height: 900 },
      colorScheme: 'dark',
    });
    await page.emulateMedia({ media: 'print' });
    assert.equal(
      await page.evaluate('getComputedStyle(document.body).backgroundColor'),
      'rgb(255, 255, 255)',
    );
    assert.equal(await page.evaluate('getComputedStyle(document.body).color'), 'rgb(0, 0, 0)');
    assert.equal(await page.locator('.search').isVisible(), false);
    for (const table of await page.locator('.scroll').all()) {
      const wider = await table.evaluate((node) => node.scrollWidth - node.clientWidth);
      assert.ok(wider <= 1, `a table is ${wider} pixels too wide for the paper`);
    }
    const pdf = await page.pdf({ format: 'A4' });
    assert.equal(pdf.subarray(0, 5).toString('latin1'), '%PDF-');
    await page.context().close();
  });

  for (const text of [
    ...HOSTILE_TEXTS,
    '</script><script>document.title="hit"</script>',
    '</title><img src=x onerror=alert(1)>',
  ]) {
    test(`data stays text: ${JSON.stringify(text)}`, async () => {
      const { page, noises } = await browser.open('hostile.html', pageOf(hostileCheck(text)));
      await page.locator('table').first().waitFor();
      assert.equal(await page.locator('h1').textContent(), escapeText(text));
      assert.equal(await page.title(), `statewright check: ${escapeText(text)}`.replace(/\s+/g, ' ').trim());
      assert.equal(await page.locator('script').count(), 2);
      assert.equal(await page.locator('img, a, iframe, object, link, form').count(), 0);
      assert.deepEqual(noises, []);
      await page.context().close();
    });
  }

  test('20,000 findings: draws the first of them, searches all of them', async () => {
    const [finding] = CHECK.findings;
    const findings = Array.from({ length: 20_000 }, (_, i) => ({ ...finding!, path: `operator/state-${i}` }));
    const many: CheckView = { ...CHECK, findings };
    const { page, noises } = await browser.open('many.html', pageOf(many));
    assert.equal(
      await page.locator('section', { hasText: 'Findings' }).last().locator('tbody tr').count(),
      500,
    );
    await page.getByRole('searchbox').fill('state-19999');
    assert.equal(await page.locator('td', { hasText: 'operator/state-19999' }).count(), 1);
    assert.deepEqual(noises, []);
    await page.context().close();
  });
});
