/* The pages are copies that scripts/site.mjs makes of docs/ and of what it links to. */
export default {
  title: 'Statewright',
  description: 'Inspect, check and change the state of Apache Flink without a JVM',
  srcDir: 'content',
  outDir: 'dist',
  cleanUrls: false,
  // Type names such as list<string> are no HTML.
  markdown: { html: false },
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
      { text: 'Migrate', items: [{ text: 'plans', link: '/docs/migrations/' }, page('migrations/steps')] },
      { text: 'Look up', items: ['rules', 'errors', 'known-messages', 'status-serializers'].map(page) },
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
