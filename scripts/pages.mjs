/*
 * Takes the pictures of docs/pages.md: pages that the program writes, as Chromium shows them. Needs a build and a Chromium
 * (CHROMIUM names another than /usr/bin/chromium).
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { ROOT } from './lib/paths.mjs';

const MAIN = path.join(ROOT, 'cli/dist/main.js');
const IMAGES = path.join(ROOT, 'docs/images');
const FRAUD = 'fixtures/savepoints/fraud-detector-flink2.3-rocksdb-savepoint';
const DESKTOP = { width: 1100, height: 860 };
const PHONE = { width: 390, height: 844 };

/** A picture: the command, the browser's window, and what is done before it is taken. */
const PICTURES = [
  {
    name: 'stats-page',
    words: ['stats', FRAUD, '--at', '2026-01-01T00:00:00Z'],
    height: 1180,
  },
  {
    name: 'stats-keys',
    words: ['stats', FRAUD, '--at', '2026-01-01T00:00:00Z'],
    async look(page) {
      await page.locator('section', { hasText: 'Key groups' }).first().scrollIntoViewIfNeeded();
      await page.evaluate("document.querySelectorAll('section')[4].scrollIntoView(); scrollBy(0, -70)");
    },
  },
  {
    name: 'diff-page',
    words: ['diff', FRAUD, 'fixtures/stories/descriptor-renamed/flink2.3/current'],
  },
  {
    name: 'check-page',
    words: ['check', 'fixtures/stories/pojo-field-added/flink2.3/previous', '--against', FRAUD],
    colorScheme: 'dark',
    look: (page) => page.locator('tr.opens').first().click(),
  },
  {
    name: 'lint-page',
    words: ['lint', 'fixtures/savepoints/zoo-pojos-flink2.3-rocksdb-savepoint'],
    look: (page) => page.locator('tr.opens').first().click(),
  },
  {
    name: 'lint-phone',
    words: ['lint', 'fixtures/savepoints/zoo-pojos-flink2.3-rocksdb-savepoint'],
    viewport: PHONE,
    look: (page) =>
      page.evaluate("document.querySelectorAll('section')[1].scrollIntoView(); scrollBy(0, -70)"),
  },
];

const folder = mkdtempSync(path.join(os.tmpdir(), 'statewright-pages-'));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
});
try {
  for (const { name, words, viewport = DESKTOP, height, colorScheme = 'light', look } of PICTURES) {
    const file = path.join(folder, `${name}.html`);
    try {
      execFileSync(process.execPath, [MAIN, ...words, '--html', file], { cwd: ROOT, stdio: 'ignore' });
    } catch (error) {
      // Findings give the exit code.
      if (error.status < 10) throw error;
    }
    const size = { ...viewport, height: height ?? viewport.height };
    const page = await browser.newPage({ viewport: size, colorScheme });
    await page.goto(pathToFileURL(file).href);
    await page.locator('figure svg').first().waitFor();
    await look?.(page);
    await page.mouse.move(0, 0);
    await page.screenshot({ path: path.join(IMAGES, `${name}.png`) });
    await page.close();
    console.log(`docs/images/${name}.png`);
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true });
}
