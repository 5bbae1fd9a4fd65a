import { isShippedFor, openLearned } from '../../../bot/safety/learned-file.ts';
import { createSecondLook, type SecondLook } from '../../../bot/safety/second-look.ts';
import { screen } from '../../../bot/safety/screen.ts';
import { loadRules } from '../../../knowledge/rule.ts';
import { Encoder } from '../../../retrieval/embeddings/encoder.ts';
import { OFFLINE_NAME, OfflineEmbeddings } from '../../../retrieval/embeddings/offline.ts';
import { loadLabelled } from '../../../bot/safety/labelled.ts';
import { inTempFolder } from '../../support/temp-folder.ts';

const rules = loadRules();
const ENCODING_MS = 240_000;

describe('the second look', () => {
  const offline = new OfflineEmbeddings();
  const encoder = new Encoder(OFFLINE_NAME, offline);
  let look: SecondLook;
  const looked = (utterance: string) => look(utterance, screen(utterance, [], rules));

  beforeAll(
    () =>
      inTempFolder(async (folder) => {
        const learned = await openLearned(rules, offline, folder);
        encoder.useFilters(learned.filters);
        look = createSecondLook(learned, (text) => encoder.readQuery(text), rules);
      }),
    ENCODING_MS,
  );

  afterAll(() => offline.close());

  it('ships with what the rules as they stand teach; if not: npm run learn', () => {
    expect(isShippedFor(rules, offline)).toBe(true);
  });

  it('raises what the rules do not hear, with the span of the sentence and a rule of that level', async () => {
    const utterance =
      'Quick question. A hot poker seems to sit behind my breastbone and my arm is lead.';
    const heard = { ...screen('hello', [], rules) };
    const { level, triggers } = await look(utterance, heard);
    expect(level).toBe('emergency');
    const [trigger] = triggers;
    expect(trigger).toMatchObject({ by: 'second-look', level: 'emergency' });
    expect(rules.byId.get(trigger?.rule ?? '')?.level).toBe('emergency');
    expect(utterance.slice(trigger?.start, trigger?.end)).toContain('breastbone');
  });

  it('never lowers a level and keeps what the rules heard', async () => {
    const heard = screen('the bruise is spreading', [], rules);
    const { level, rules: ids } = await look('thanks, lovely session', heard);
    expect(level).toBe(heard.level);
    expect(ids).toEqual(heard.rules);
  });

  it('does not encode what is an emergency already', async () => {
    const failing = createSecondLook(
      await inTempFolder((folder) => openLearned(rules, offline, folder)),
      () => Promise.reject(new Error('must not be asked')),
      rules,
    );
    const heard = screen('I cannot breathe', [], rules);
    expect(await failing('I cannot breathe', heard)).toBe(heard);
  });

  it('leaves the fixed rules standing when the encoder fails', async () => {
    const failing = createSecondLook(
      await inTempFolder((folder) => openLearned(rules, offline, folder)),
      () => Promise.reject(new Error('no encoder')),
      rules,
    );
    const heard = screen('something is sitting on me', [], rules);
    expect(await failing('something is sitting on me', heard)).toBe(heard);
  });

  it.each(['', '?', 'ok', '\uD800', '🙂🙂', ' . . . '])(
    'takes anything: "%s"',
    async (utterance) => {
      expect((await looked(utterance)).level).toBe('none');
    },
  );

  it(
    'raises few of our own messages that are nothing, and hears most unseen emergencies',
    async () => {
      const wrong = new Map<string, number>();
      const asked = new Map<string, number>();
      for (const row of loadLabelled()) {
        const key = `${row.seen ? 'seen' : 'unseen'} ${row.level}`;
        asked.set(key, (asked.get(key) ?? 0) + 1);
        if (row.accept.includes((await looked(row.message)).level)) continue;
        wrong.set(key, (wrong.get(key) ?? 0) + 1);
      }
      const share = (key: string) => (wrong.get(key) ?? 0) / (asked.get(key) ?? 0);
      expect(share('seen none')).toBeLessThanOrEqual(0.02);
      expect(share('seen caution')).toBeLessThanOrEqual(0.03);
      expect(share('unseen none')).toBeLessThanOrEqual(0.1);
      expect(share('unseen emergency')).toBeLessThanOrEqual(0.15);
    },
    ENCODING_MS,
  );
});
