import type { Bot } from '../../bot/bot.ts';
import { playModels } from './played.ts';
import type { Share } from './statistics.ts';
import { scoreVerify } from './verify.ts';

/** What `npm run evaluate -- verify` prints. The bot's own model, where it has one, is not asked. */
export async function verifyTable(bot: Bot): Promise<string[]> {
  const { dropped, lost, shown, missed } = scoreVerify();
  const played = await playModels(bot);
  return [
    'Checking what a model writes; sentences and changes are ours, no real model was asked',
    'Sentences made false and dropped, by what was changed (95 % Wilson intervals)',
    ...[...dropped].map(([how, share]) => row(how, share)),
    'True sentences dropped',
    ...[...lost].map(([kind, share]) => row(kind, share)),
    'False and shown',
    ...listed(shown.map(({ how, text }) => `${how}: ${text}`)),
    'True and dropped',
    ...listed(missed.map(({ flaw, text }) => `${flaw}: ${text}`)),
    'Whole turns with a played model',
    `  ${played.worded} of ${played.questions} answers worded by it; it said ${played.said} false sentences, ${played.shown.length} were shown`,
    ...listed(played.shown),
    `  longest turn with a model that hangs: limit ${signed(played.longestOverrunMs)} ms`,
  ];
}

function row(name: string, { share, low, high, found, of }: Share): string {
  if (of === 0) return `  ${name.padEnd(24)} none`;
  const percent = (value: number) => (100 * value).toFixed(1).padStart(5);
  return `  ${name.padEnd(24)} ${percent(share)} %  (${percent(low)} to ${percent(high)})  ${found} of ${of}`;
}

function listed(lines: readonly string[]): string[] {
  return lines.map((line) => `    ${line}`);
}

function signed(ms: number): string {
  return `${ms < 0 ? '-' : '+'} ${Math.abs(ms).toFixed(0)}`;
}
