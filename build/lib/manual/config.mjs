/** What a page may load: itself. The browser holds it, whatever a page says. */
const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'self'",
].join('; ');

/** The parts of the manual, in the order in which they are read. Every page is in one; the last one takes what has none. */
const PARTS = [
  ['Begin', ['start', 'who-is-notified', 'rehearse']],
  ['Do', ['restore', 'missing', 'several-calendars', 'migrate', 'clean-up', 'backup', 'undo']],
  ['Without a window', ['headless', 'rules', 'exit-codes', 'cli-events', 'unattended', 'audit', 'packages']],
  ['Servers', ['servers', 'connect', 'server-authors', 'practice-server']],
  ['Look up', ['errors', 'security', 'privacy', 'settings', 'glossary', 'changes']],
  ['Develop', ['architecture', 'contributing']],
];

/**
 * The settings of VitePress.
 * @param pages page without `.md` → its title
 */
export function settings({ pages, outDir, cacheDir, version }) {
  return {
    title: 'Hushcal',
    titleTemplate: ':title · Hushcal',
    description: 'Put calendars back without waking anyone.',
    lang: 'en-GB',
    outDir,
    cacheDir,
    // A file is opened by its name, on any web server.
    cleanUrls: false,
    head: [['meta', { 'http-equiv': 'Content-Security-Policy', content: POLICY }]],
    markdown: { html: false },
    themeConfig: {
      search: { provider: 'local' },
      outline: [2, 3],
      sidebar: sidebar(pages),
      docFooter: { prev: 'Before', next: 'Next' },
      footer: { message: `Hushcal ${version}, MIT` },
    },
  };
}

/** @param pages page without `.md` → its title */
export function sidebar(pages) {
  const placed = new Set(PARTS.flatMap(([, names]) => names));
  const rest = [...pages.keys()].filter((name) => !placed.has(name) && name !== 'index').sort();
  return PARTS.map(([text, names], at) => ({
    text,
    items: [...names, ...(at === PARTS.length - 1 ? rest : [])]
      .filter((name) => pages.has(name))
      .map((name) => ({ text: pages.get(name), link: `/${name}` })),
  }));
}
