import { runCommand, settings } from '../../bot/cli/settings.ts';
import type { Config } from '../../bot/config.ts';
import type { Measured } from './measured.ts';

/** Loaded when asked for: the browser's suite needs Chromium, the other one does not. */
const SUITES: Readonly<
  Record<string, () => Promise<(config: Config) => AsyncGenerator<Measured>>>
> = {
  core: async () => (await import('./core.ts')).measureCore,
  web: async () => (await import('./web.ts')).measureWeb,
};

// npm run bench -- core,web --json: the table on stderr, one flat object as the last line of stdout.
await runCommand(async () => {
  const words = process.argv.slice(2);
  const isJson = words.includes('--json');
  const named = words.filter((word) => word !== '--json').flatMap((word) => word.split(','));
  const unknown = named.filter((name) => !(name in SUITES));
  if (unknown.length > 0) {
    console.error(
      `expected some of ${Object.keys(SUITES).join(',')} and --json, found ${unknown.join(',')}`,
    );
    process.exitCode = 1;
    return;
  }
  // Always the bundled articles and the encoder that needs no key: what is compared stays the same.
  const config: Config = {
    ...settings(),
    articlesDir: undefined,
    openai: undefined,
    embeddings: { kind: 'offline' },
  };
  const figures: Record<string, number> = {};
  for (const name of named.length > 0 ? named : Object.keys(SUITES)) {
    const measure = await SUITES[name]?.();
    if (!measure) continue;
    const say = isJson ? console.error : console.log;
    say(name);
    for await (const measured of measure(config)) {
      Object.assign(figures, measured.figures);
      for (const text of measured.lines) say(text);
    }
  }
  if (isJson) console.log(JSON.stringify(figures));
});
