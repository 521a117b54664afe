import { readdirSync } from 'node:fs';

/* The pages are copies that scripts/site.mjs makes of docs/ and of what it links to. */
export default {
  title: 'Statewright',
  description: 'Inspect, check and change the state of Apache Flink without a JVM',
  srcDir: 'content',
  outDir: 'dist',
  cleanUrls: false,
  // No icon, and no request for one.
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  markdown: {
    // Type names such as list<string> are no HTML.
    html: false,
    // Indented code looks like fenced code, and scrolls where it is wide.
    config(md) {
      md.renderer.rules.code_block = (tokens, at, ...rest) => {
        tokens[at].info = 'text';
        return md.renderer.rules.fence(tokens, at, ...rest);
      };
    },
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Commands', link: '/docs/commands' },
      { text: 'Rules', link: '/docs/rules' },
      { text: 'Migrations', link: '/docs/migrations/' },
      { text: 'Formats', link: '/docs/format/metadata' },
    ],
    sidebar: [
      {
        text: 'Use',
        items: [
          'commands',
          'check',
          'lint',
          'diff',
          'explain',
          'contract',
          'configuration',
          'ci',
          'pages',
          'browse',
        ].map(page),
      },
      {
        text: 'Migrate',
        items: [
          { text: 'plans', link: '/docs/migrations/' },
          folder('steps', 'migrations', ['steps']),
          folder('recipes', 'migrations/recipes', []),
        ],
      },
      {
        text: 'Look up',
        items: [
          folder('rules', 'rules', []),
          ...['errors', 'known-messages', 'status-serializers'].map(page),
        ],
      },
      {
        text: 'Formats',
        items: ['metadata', 'keyed-state', 'operator-state', 'serializers', 'kryo', 'avro', 'sql'].map(
          (name) => page(`format/${name}`),
        ),
      },
      { text: 'Inside', items: ['architecture', 'adding', 'bench'].map(page) },
    ],
  },
};

function page(name) {
  return { text: name.split('/').at(-1).replaceAll('-', ' '), link: `/docs/${name}` };
}

/** Pages of a folder, folded away under the page that lists them. */
function folder(text, name, listed) {
  const here = new URL(`../content/docs/${name}/`, import.meta.url);
  const names = readdirSync(here)
    .filter((file) => file.endsWith('.md') && file !== 'index.md')
    .map((file) => file.slice(0, -'.md'.length))
    .filter((each) => !listed.includes(each));
  const [list] = listed.length > 0 ? listed.map((each) => `/docs/${name}/${each}`) : [`/docs/${name}`];
  const items = names.map((each) => ({ text: each, link: `/docs/${name}/${each}` }));
  // Recipes have no page that lists them.
  return { text, collapsed: true, items, ...(name.endsWith('recipes') ? {} : { link: list }) };
}
