import { knownOf } from '../../../bot/safety/features.ts';
import type { Learned } from '../../../bot/safety/learn.ts';
import { isShippedFor, openLearned } from '../../../bot/safety/learned-file.ts';
import { createSecondLook, type SecondLook } from '../../../bot/safety/second-look.ts';
import { screen, withWeak } from '../../../bot/safety/screen.ts';
import { traitsOf } from '../../../bot/safety/traits.ts';
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
  /** One that no encoder reads for. */
  const unread = async () =>
    createSecondLook(
      await inTempFolder((folder) => openLearned(rules, offline, folder)),
      () => Promise.reject(new Error('no encoder')),
      rules,
    );

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
    const failing = await unread();
    const heard = screen('I cannot breathe', [], rules);
    expect(await failing('I cannot breathe', heard)).toBe(heard);
  });

  it('leaves the fixed rules standing when the encoder fails', async () => {
    const failing = await unread();
    const heard = screen('something is sitting on me', [], rules);
    expect(await failing('something is sitting on me', heard)).toBe(heard);
  });

  it('hears what weak words report, and leaves what they do not', async () => {
    const reported = 'my neighbour has fainted in the kitchen';
    expect(screen(reported, [], rules).weak.length).toBeGreaterThan(0);
    expect((await looked(reported)).level).not.toBe('none');
    const joked = 'my ears are numb from that hold music again, when do you open?';
    expect(screen(joked, [], rules).weak.length).toBeGreaterThan(0);
    expect((await looked(joked)).level).toBe('none');
  });

  it('counts weak words when the encoder fails', async () => {
    const failing = await unread();
    const heard = screen('there are people fainting at work again', [], rules);
    expect(heard.weak.length).toBeGreaterThan(0);
    expect(await failing('there are people fainting at work again', heard)).toEqual(
      withWeak(heard),
    );
  });

  it(
    'leaves nothing unheard that a rule must catch, though it rest on weak words alone',
    async () => {
      const unheard: string[] = [];
      for (const { id, level, catches } of rules.rules) {
        for (const utterance of catches) {
          const screened = screen(utterance, [], rules);
          if (!screened.weak.some(({ rule }) => rule === id)) continue;
          const after = await look(utterance, screened);
          if (level !== 'caution' && after.level === 'none') unheard.push(utterance);
        }
      }
      expect(unheard).toEqual([]);
    },
    ENCODING_MS,
  );

  describe('the rule it points to', () => {
    const pointed = rules.rules.map(({ id }) => id);
    const SURE = 9;

    /** Of a second look that hears in every text nothing but these, each as likely as its number says. */
    async function ruleHeard(
      told: Readonly<Record<string, number>>,
      text = 'there is something',
    ): Promise<string | undefined> {
      const vector = new Float32Array(4);
      const { length } = knownOf(vector, traitsOf(text, rules));
      const always = (value: number) =>
        Float32Array.from({ length }, (_, i) => (i === length - 1 ? value : 0));
      const learned: Learned = {
        filters: { weights: new Float32Array(), bias: new Float32Array() },
        raiseFrom: 0,
        emergencyFrom: 0,
        upgradeFrom: 0,
        cautionFrom: 0,
        weakFrom: 0,
        stems: [],
        rules: pointed,
        classes: {
          rows: [always(0), ...pointed.map((id) => always(told[id] ?? 0))],
          stems: new Float32Array(),
        },
        measured: {} as Learned['measured'],
      };
      const read = () =>
        Promise.resolve({ vector, peaks: new Float32Array(), tokens: new Int8Array() });
      const heard = createSecondLook(learned, read, rules);
      return (await heard(text, screen('hello', [], rules))).rules[0];
    }

    it('is the likeliest where its card is', async () => {
      expect(await ruleHeard({ 'em.bleeding': SURE })).toBe('em.bleeding');
      expect(await ruleHeard({ 'ur.dvt': SURE })).toBe('ur.dvt');
    });

    it('has the card that is right for anything where two are as likely', async () => {
      const emergency = await ruleHeard({ 'em.bleeding': SURE, 'em.anaphylaxis': SURE });
      expect(rules.byId.get(emergency ?? '')).toMatchObject({
        level: 'emergency',
        card: 'call-now',
      });
      const urgent = await ruleHeard({ 'ur.dvt': SURE, 'ur.syncope': SURE });
      expect(rules.byId.get(urgent ?? '')).toMatchObject({ level: 'urgent', card: 'today' });
    });

    it.each([
      ['not pregnant, and not on blood thinners', undefined],
      ['we never told them she is not on warfarin any more', 'ur.undisclosed_risk'],
      ['I am pregnant, and not on blood thinners', 'ur.undisclosed_risk'],
    ])('is of no urgency in "%s" by facts that are denied: %s', async (text, rule) => {
      expect(await ruleHeard({ 'ur.undisclosed_risk': SURE }, text)).toBe(rule);
    });

    it('is a caution where nothing worse is likely, and says what it is about where that is sure', async () => {
      expect(await ruleHeard({ 'ca.pregnancy': SURE })).toBe('ca.pregnancy');
      expect(await ruleHeard({ 'ca.pregnancy': SURE, 'ca.immune': SURE })).toBe('ca.other');
      expect(await ruleHeard({ 'ca.pregnancy': SURE, 'ur.dvt': 2 * SURE })).toBe('ur.dvt');
    });
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
      expect(share('seen none')).toBeLessThanOrEqual(0.04);
      expect(share('seen caution')).toBeLessThanOrEqual(0.03);
      expect(share('unseen none')).toBeLessThanOrEqual(0.1);
      expect(share('unseen emergency')).toBeLessThanOrEqual(0.15);
    },
    ENCODING_MS,
  );
});
