/*
 * Builds the documentation as a static site into docs-site/dist, see docs/decisions/0026-vitepress-for-the-site.md. Its
 * generator is installed in docs-site/ alone. Dead links end the build; so do anchors without a heading.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { ROOT } from './lib/paths.mjs';

const SITE = path.join(ROOT, 'docs-site');
const CONTENT = path.join(SITE, 'content');
const IMAGES = /\.(png|svg|webp|txt|cast)$/;

/** Pages of the site: every tracked Markdown file but those of fixtures and tools that no page links to. */
const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 26 })
  .split('\0')
  .filter((file) => file !== '');
const pages = tracked.filter((file) => file.endsWith('.md') && !file.startsWith('docs-site/'));

/** A link to what is no page (sources, folders) stays as its text. */
function withPagesOnly(text, from) {
  return text.replace(/(!?)\[([^\]]*)\]\(([^)\s]+)\)/g, (link, image, label, target) => {
    if (image !== '' || /^[a-z]+:|^#/.test(target)) return link;
    const file = path.posix.join(path.posix.dirname(from), target.split('#')[0]);
    const isPage = pages.includes(file) || pages.includes(path.posix.join(file, 'README.md'));
    return isPage ? link : label;
  });
}

/** Prose only: code is shown as it is. */
function mapProse(text, map) {
  return text
    .split(/(^```.*?^```$)/gms)
    .map((part, i) => (i % 2 === 1 ? part : map(part)))
    .join('');
}

function stage() {
  rmSync(CONTENT, { recursive: true, force: true });
  for (const file of pages) {
    const target = path.join(CONTENT, file.replace(/README\.md$/, 'index.md'));
    mkdirSync(path.dirname(target), { recursive: true });
    const text = mapProse(readFileSync(path.join(ROOT, file), 'utf8'), (prose) =>
      // Markup is off in the site: a comment would be text.
      withPagesOnly(prose.replace(/<!--.*?-->\n*/gs, ''), file).replaceAll('README.md', 'index.md'),
    );
    writeFileSync(target, text);
  }
  for (const file of tracked.filter((each) => /^docs\/(images|assets)\//.test(each) && IMAGES.test(each))) {
    mkdirSync(path.dirname(path.join(CONTENT, file)), { recursive: true });
    cpSync(path.join(ROOT, file), path.join(CONTENT, file));
  }
}

/** Links of built pages to a heading that is not there. */
function missingAnchors(dist) {
  const files = readdirSync(dist, { recursive: true }).filter((file) => file.endsWith('.html'));
  const texts = new Map(files.map((file) => [file, readFileSync(path.join(dist, file), 'utf8')]));
  const ids = new Map(
    [...texts].map(([file, text]) => [file, new Set([...text.matchAll(/ id="([^"]+)"/g)].map((m) => m[1]))]),
  );
  return [...texts].flatMap(([file, text]) =>
    [...text.matchAll(/ href="([^":#]*)#([^"]+)"/g)].flatMap(([, target, anchor]) => {
      const base = target.startsWith('/') ? target.slice(1) : path.join(path.dirname(file), target);
      const other = target === '' ? file : base.endsWith('/') || base === '' ? `${base}index.html` : base;
      const known = ids.get(other);
      return known === undefined || known.has(decodeURIComponent(anchor))
        ? []
        : [`${file}: ${target}#${anchor} has no such heading`];
    }),
  );
}

function run(command, args) {
  const { status } = spawnSync(command, args, { cwd: SITE, stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}

stage();
if (!existsSync(path.join(SITE, 'node_modules/vitepress'))) run('npm', ['ci', '--no-audit', '--no-fund']);
run(process.execPath, ['node_modules/vitepress/bin/vitepress.js', 'build']);
console.log(`${pages.length} pages`);
const missing = missingAnchors(path.join(SITE, 'dist'));
for (const message of missing) console.error(message);
if (missing.length > 0) process.exitCode = 1;
