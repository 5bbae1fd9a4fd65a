import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadRules } from '../../knowledge/rule.ts';
import { describeSignoff, loadSignoff, readWording, sign } from '../../knowledge/signoff.ts';
import { runCommand, settings } from './settings.ts';
import { isPageOf, signoffPage } from './signoff-page.ts';

const USAGE = `npm run signoff                            writes the page to read, and says what has changed since the last signature
npm run signoff -- --by "Dr Name, role"    signs the wording on that page`;

await runCommand(async () => {
  const [option, by = ''] = process.argv.slice(2);
  if (option !== undefined && option !== '--by') {
    console.log(USAGE);
    if (!/^(--help|-h)$/.test(option)) process.exitCode = 1;
    return;
  }
  const { dataDir } = settings();
  const rules = loadRules();
  const wording = readWording();
  const file = join(dataDir, 'signoff.html');

  if (option === '--by') {
    const name = by.trim();
    if (name === '') return refuse('Say who signs: npm run signoff -- --by "Dr Name, role"');
    if (!existsSync(file)) return refuse('Read first: npm run signoff writes the page to read.');
    if (!isPageOf(readFileSync(file, 'utf8'), wording)) {
      return refuse(
        'The wording has changed since that page was written. Run npm run signoff and read it again.',
      );
    }
    const on = new Date().toISOString().slice(0, 10);
    console.log(`Signed by ${name} on ${on}: ${sign(wording, { by: name, on })}`);
    console.log('Commit this file, so that the signature goes with the wording.');
    return;
  }

  const signoff = loadSignoff(wording);
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(file, signoffPage(rules, wording, signoff));
  console.log(describeSignoff(signoff));
  if (signoff.kind === 'changed') for (const id of signoff.changed) console.log(`  ${id}`);
  console.log(
    `\n${Object.keys(rules.cards).length} replies and ${rules.rules.length} rules to read: ${file}\n` +
      'Open it in a browser or print it. Then: npm run signoff -- --by "Dr Name, role"',
  );
});

function refuse(why: string): void {
  console.error(why);
  process.exitCode = 1;
}
