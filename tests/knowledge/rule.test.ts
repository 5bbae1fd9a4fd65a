import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePattern } from '../../knowledge/pattern.ts';
import { loadRegions } from '../../knowledge/region.ts';
import { loadRules, parseRules, readRuleFiles, type RuleFile } from '../../knowledge/rule.ts';
import { inTempFolder } from '../support/temp-folder.ts';

const PER_LANGUAGE = '{ en: Call {EMERGENCY}., es: Llame a {EMERGENCY}. }';
const EIGHT = '[one, two, three, four, five, six, seven, eight]';

function files(change: Partial<Record<'cards' | 'concepts' | 'rules', string>> = {}): RuleFile[] {
  const quoted = PER_LANGUAGE.replace('Call {EMERGENCY}.', '"Call {EMERGENCY}."').replace(
    'Llame a {EMERGENCY}.',
    '"Llame a {EMERGENCY}."',
  );
  const line = `{ en: text, es: texto }`;
  return [
    {
      name: 'cards.yaml',
      text:
        change.cards ??
        `cards:
  now: { text: ${quoted}, sms: ${quoted} }
lines: { closing: ${line}, red-flag: ${line}, painkiller: ${line}, open-emergency: ${line}, standing: ${line}, caution: ${line}, procedure: ${line}, procedure-above: ${line} }`,
    },
    {
      name: 'check.yaml',
      text: `{ question: ${line}, sms: ${line}, "yes": ${line}, "no": ${line}, none: ${line} }`,
    },
    {
      name: 'concepts/dragon.yaml',
      text:
        change.concepts ??
        `lists: { fire: [flame*, fire] }
concepts:
  dragon: { says: a dragon, en: [dragon ... "{fire}"] }`.replace(
          'dragon ... "{fire}"',
          '"dragon ... {fire}"',
        ),
    },
    { name: 'dragons.yaml', text: change.rules ?? rule() },
  ];
}

function rule(change = '', any = 'dragon', card = 'now'): string {
  return `rules:
  - id: em.dragon
    level: emergency
    hears: [{ any: [${any}] }]
    card: ${card}
    sources: [{ guideline: Dragons, address: null, verified: false }]
    reviewed: { by: null, on: null }
    catches: ${EIGHT}
    ignores: ${EIGHT}
${change}`;
}

const parse = (given: RuleFile[]) => parseRules(given, loadRegions());

describe('parseRules', () => {
  it('reads rules, concepts and cards', () => {
    const set = parse(files());
    expect(set.byId.get('em.dragon')).toMatchObject({ level: 'emergency', card: 'now', order: 50 });
    expect(set.concepts.get('dragon')).toMatchObject({ says: 'a dragon', scope: 'full' });
  });

  it('reads examples once each, a caution among the harmless', () => {
    const text = 'examples: { em.dragon: [scales, one] }\nharmless: [a kitten, scales]';
    const examples = parse([...files(), { name: 'examples/dragons.yaml', text }]).examples();
    expect(examples.filter(({ rule }) => rule === 'em.dragon').length).toBe(9);
    expect(examples.filter(({ rule }) => rule === null).map((each) => each.text)).toEqual([
      'a kitten',
    ]);
    expect(new Set(examples.map((each) => each.text)).size).toBe(examples.length);
  });

  it('gives a rule the hash of its file as version', () => {
    const version = (text: string) => parse(files({ rules: text })).byId.get('em.dragon')?.version;
    expect(version(rule())).toBe(version(rule()));
    expect(version(rule())).not.toBe(version(rule('# changed')));
  });

  it.each([
    ['an unknown key', files({ rules: rule('    volume: loud') }), /dragons\.yaml[^]*volume/],
    [
      'an unknown concept',
      files({ rules: rule('', 'wyvern') }),
      /dragons\.yaml.*em\.dragon.*wyvern/,
    ],
    [
      'an unknown card',
      files({ rules: rule('', 'dragon', 'later') }),
      /dragons\.yaml.*em\.dragon.*later/,
    ],
    [
      'too few utterances',
      files({ rules: rule().replace(EIGHT, '[one]') }),
      /dragons\.yaml[^]*catches/,
    ],
    [
      'a rule named twice',
      [...files(), { name: 'more.yaml', text: rule() }],
      /more\.yaml.*em\.dragon.*exists/,
    ],
    ['text that is no YAML', files({ rules: 'rules: [' }), /dragons\.yaml: not readable/],
    [
      'an unknown list',
      files({ concepts: 'concepts: { dragon: { says: x, en: ["{fire}"] } }' }),
      /concepts\/dragon\.yaml.*dragon.*fire/,
    ],
    [
      'an open bracket',
      files({ concepts: 'concepts: { dragon: { says: x, en: ["(a|b"] } }' }),
      /concepts\/dragon\.yaml.*dragon.*bracket/,
    ],
    [
      'an unknown key of a concept',
      files({ concepts: 'concepts: { dragon: { says: x, fr: [feu] } }' }),
      /concepts\/dragon\.yaml[^]*fr/,
    ],
    ['missing cards', files().slice(1), /cards\.yaml is missing/],
    [
      'a missing check',
      files().filter(({ name }) => name !== 'check.yaml'),
      /check\.yaml is missing/,
    ],
    [
      'examples of an unknown rule',
      [...files(), { name: 'examples/wyvern.yaml', text: 'examples: { em.wyvern: [a wyvern] }' }],
      /examples\/wyvern\.yaml.*em\.wyvern/,
    ],
  ])('refuses %s, naming the file', (_, given, message) => {
    const readAll = () => parse(given).examples();
    expect(readAll).toThrow(message);
    expect(readAll).toThrow(expect.objectContaining({ code: 'RULES_INVALID' }));
  });
});

describe('parsePattern', () => {
  const none = () => {
    throw new RangeError('no lists here');
  };

  it.each([['...  pain'], ['pain ...'], ['a | b'], ['(a|)'], ['?'], ['pain?'], ['a ...40 b']])(
    'refuses %s',
    (source) => {
      expect(() => parsePattern(source, none)).toThrow(RangeError);
    },
  );

  it('spells contractions out as utterances are', () => {
    expect(parsePattern("i'm", none)).toEqual(parsePattern('i am', none));
    expect(parsePattern('can not', none)).toEqual(parsePattern("can't", none));
  });
});

describe('the rules of the clinic', () => {
  const set = loadRules();

  it('are the same when they are read from where they were kept', async () => {
    const written = readRuleFiles().map(({ content }) => content?.());
    await inTempFolder(async (folder) => {
      const keptIn = join(folder, 'rules.json');
      for (const time of ['first', 'second']) {
        const files = readRuleFiles(undefined, keptIn);
        expect([time, files.map(({ content }) => content?.())]).toEqual([time, written]);
        expect(existsSync(keptIn)).toBe(true);
      }
    });
  });

  it('are read anew where one of their files has changed', async () => {
    await inTempFolder(async (folder) => {
      const keptIn = join(folder, 'rules.json');
      const saysOf = (text: string) => {
        writeFileSync(join(folder, 'wyvern.yaml'), text);
        return readRuleFiles(folder, keptIn).map(({ content }) => content?.());
      };
      expect(saysOf('says: a wyvern')).toEqual([{ says: 'a wyvern' }]);
      expect(saysOf('says: a griffin')).toEqual([{ says: 'a griffin' }]);
      expect(() => saysOf('says: [a griffin')).toThrow();
    });
  });

  it('come with examples of rules that exist', () => {
    const rules = new Set(set.examples().flatMap(({ rule }) => rule ?? []));
    expect(rules.size).toBeGreaterThan(0);
    expect([...rules].filter((id) => !set.byId.has(id))).toEqual([]);
  });

  it('name no level, concept or card that does not exist, and no rule twice', () => {
    expect(set.rules.length).toBeGreaterThan(45);
    expect(set.byId.size).toBe(set.rules.length);
  });

  it('are most serious first', () => {
    const levels = set.rules.map(({ level }) => level);
    expect(levels.indexOf('urgent')).toBeGreaterThan(levels.lastIndexOf('emergency'));
    expect(levels.indexOf('caution')).toBeGreaterThan(levels.lastIndexOf('urgent'));
  });

  it('have at least eight utterances to catch and eight to ignore, none of them twice', () => {
    const few = set.rules.filter(({ catches, ignores }) => {
      const tried = new Set([...catches, ...ignores].map((utterance) => utterance.toLowerCase()));
      const isTwice = tried.size < catches.length + ignores.length;
      return catches.length < 8 || ignores.length < 8 || isTwice;
    });
    expect(few.map(({ id }) => id)).toEqual([]);
  });

  it('share no more than twenty cards', () => {
    expect(Object.keys(set.cards).length).toBeLessThanOrEqual(20);
  });
});
