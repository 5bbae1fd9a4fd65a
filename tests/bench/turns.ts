import { openBot } from '../../bot/bot.ts';
import type { Config } from '../../bot/config.ts';
import { screen } from '../../bot/safety/screen.ts';
import { line, type Measured, quantile, rounded, spread, timed } from './measured.ts';
import type { Questions } from './questions.ts';

/** Turns before the measured ones; a process that has just started is slower for its first few. */
const WARM_UP = 30;
/** Times everything is asked again. */
const REPEATS = 2;

/** Turns in this process, one at a time: each question asked first, then again; and screening alone. */
export async function measureTurns(config: Config, questions: Questions): Promise<Measured> {
  const bot = await openBot(config);
  try {
    const ask = (text: string) =>
      timed(() => bot.answerTurn(text, { id: 'bench', channel: 'webchat', messages: [] }));
    const askAll = async (texts: readonly string[]) => {
      const took: number[] = [];
      for (const text of texts) took.push(await ask(text));
      return took;
    };
    await askAll(questions.others.slice(0, WARM_UP));
    const texts = [...questions.asked, ...questions.variants.slice(0, questions.asked.length)];
    const first = await askAll(texts);
    const repeated: number[] = [];
    for (let round = 0; round < REPEATS; round++) repeated.push(...(await askAll(texts)));

    const screened: number[] = [];
    for (const text of [...texts, ...questions.others]) {
      screened.push(await timed(() => screen(text, [], bot.rules)));
    }
    return {
      figures: {
        turn_first_p50_ms: rounded(quantile(first, 0.5)),
        turn_first_p95_ms: rounded(quantile(first, 0.95)),
        turn_repeat_p95_ms: rounded(quantile(repeated, 0.95)),
        screen_p95_ms: rounded(quantile(screened, 0.95)),
      },
      lines: [
        line(`turn, first time (${first.length})`, spread(first)),
        line(`turn, asked before (${repeated.length})`, spread(repeated)),
        line(`screening alone (${screened.length})`, spread(screened, 2)),
      ],
    };
  } finally {
    await bot.close();
  }
}
