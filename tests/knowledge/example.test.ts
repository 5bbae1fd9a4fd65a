import { readExamples } from '../../knowledge/example.ts';

const RULES = [
  { id: 'em.a', level: 'emergency', catches: ['it bleeds'], ignores: ['it bled once'] },
  { id: 'ca.b', level: 'caution', catches: ['I take warfarin'], ignores: ['what is warfarin'] },
] as const;

const read = (examples: Record<string, string[]>, harmless: string[] = []) =>
  readExamples([{ name: 'some.yaml', content: { examples, harmless } }], RULES);

describe('readExamples', () => {
  it('takes the further examples first, then what the rules catch and ignore', () => {
    expect(read({ 'em.a': ['blood everywhere'] }, ['a fine day'])).toEqual([
      { text: 'blood everywhere', rule: 'em.a' },
      { text: 'it bleeds', rule: 'em.a' },
      { text: 'I take warfarin', rule: 'ca.b' },
      { text: 'a fine day', rule: null },
      { text: 'it bled once', rule: null },
      { text: 'what is warfarin', rule: null },
    ]);
  });

  it('has a text once, raised where any rule is for it', () => {
    const found = read({ 'em.a': ['it bled once'] }, ['it bleeds']);
    expect(found.filter(({ text }) => text === 'it bled once')).toEqual([
      { text: 'it bled once', rule: 'em.a' },
    ]);
    expect(found.filter(({ text }) => text === 'it bleeds')).toEqual([
      { text: 'it bleeds', rule: 'em.a' },
    ]);
  });

  it('names the file and the rule that does not exist', () => {
    expect(() => read({ 'em.none': ['help'] })).toThrow('some.yaml: there is no rule "em.none"');
  });
});
