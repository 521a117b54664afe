import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Debian's; `.ci/run` installs it. */
const CHROMIUM = '/usr/bin/chromium';
/** Without these it looks up its makers' hosts when it starts. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A file in a browser, and what it did that it should not. */
export interface Opened {
  readonly page: Page;
  /** Console messages, errors, and requests beside the page itself. */
  readonly noises: readonly string[];
}

/** A headless browser with files of its own. */
export class TestBrowser {
  private constructor(
    private readonly browser: Browser,
    private readonly folder: string,
  ) {}

  static async start(): Promise<TestBrowser> {
    const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
    return new TestBrowser(browser, mkdtempSync(path.join(os.tmpdir(), 'statewright-page-')));
  }

  /** Opens a text as a file of this name. */
  async open(name: string, text: string, options: BrowserContextOptions = {}): Promise<Opened> {
    const file = path.join(this.folder, name);
    writeFileSync(file, text);
    const url = pathToFileURL(file).href;
    const context = await this.browser.newContext({ viewport: { width: 1180, height: 900 }, ...options });
    const page = await context.newPage();
    const noises: string[] = [];
    page.on('console', (message) => noises.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => noises.push(`error: ${error.message}`));
    page.on('request', (request) => {
      if (request.url() !== url) noises.push(`request: ${request.url()}`);
    });
    await page.goto(url);
    return { page, noises };
  }

  async stop(): Promise<void> {
    await this.browser.close();
    rmSync(this.folder, { recursive: true });
  }
}
