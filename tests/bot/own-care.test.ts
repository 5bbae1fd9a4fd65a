import { type OwnCare, ownCareOf, ownCareText } from '../../bot/own-care.ts';

const ASKED: readonly (readonly [string, OwnCare])[] = [
  ['How many Advil can I take tonight?', 'dose'],
  ['how much tylenol is ok', 'dose'],
  ['what dose of naproxen', 'dose'],
  ['is 800 mg too much', 'dose'],
  ['how often can I take paracetamol', 'dose'],
  ['can I double up on my pills', 'dose'],
  ['how much bath salts', 'dose'],
  ['how many vitamins should I take for it', 'dose'],
  ['are eight tablets a day too many', 'dose'],
  ['Should I stop taking my warfarin first?', 'medicine'],
  ['can I skip my blood thinner the day before', 'medicine'],
  ['do I come off the plavix', 'medicine'],
  ["so I leave tonight's pill? or skip tonight's pill", 'medicine'],
  ['should I take ibuprofen before the visit', 'medicine'],
  ['can you prescribe something', 'medicine'],
  ['What is wrong with my hip?', 'diagnosis'],
  ['can you diagnose my knee', 'diagnosis'],
  ['have I got a frozen shoulder', 'diagnosis'],
  ['is it a muscle knot or a cyst', 'diagnosis'],
  ['do I have a hernia', 'diagnosis'],
  ['my MRI shows a small tear', 'diagnosis'],
  ['is this cancer', 'diagnosis'],
  ['Do I need surgery?', 'treatment'],
  ['should I get an injection instead', 'treatment'],
];

const NEAR_MISSES: readonly string[] = [
  'Can I take something for the soreness?',
  'are painkillers fine afterwards',
  'which pain relievers are mentioned',
  'How many sessions do I need?',
  'how much water should I drink',
  'is a bath with salts a good idea',
  'how often should I come',
  'I take blood thinners, can I have it?',
  'do blood thinners matter',
  'is any medicine injected',
  'How do I know if I have trigger points?',
  'what does a trigger point feel like',
  'can it help after surgery',
  'Do I need a referral?',
  'do I need a check-up before',
  'can it help me need fewer painkillers',
  'fed up with painkillers every night, does it spare me those',
  'is it used for sciatica',
  'what do I have to bring with me',
];

describe('ownCareOf', () => {
  it.each(ASKED)('passes "%s" on as %s', (utterance, kind) => {
    expect(ownCareOf(utterance)).toBe(kind);
  });

  it.each(NEAR_MISSES)('leaves "%s" to the articles', (utterance) => {
    expect(ownCareOf(utterance)).toBeUndefined();
  });
});

const MORE_OF_IT: readonly string[] = [
  'how many of those are fine in one go',
  'and how often can I have them?',
  'how much is safe then',
  'how many per night',
];

describe('ownCareOf what was named before', () => {
  it.each(MORE_OF_IT)('hears a dose in "%s" after a painkiller', (utterance) => {
    expect(ownCareOf(utterance, 'Is Advil fine for the ache?')).toBe('dose');
    expect(ownCareOf(utterance, 'Is a warm bath fine for the ache?')).toBeUndefined();
  });

  it.each([
    'how many visits do I need',
    'how often should I come',
    'how much can it help',
    'how often can I have a session',
  ])('hears none in "%s"', (utterance) => {
    expect(ownCareOf(utterance, 'Is Advil fine for the ache?')).toBeUndefined();
  });
});

describe('ownCareText', () => {
  const kinds = [...new Set(ASKED.map(([, kind]) => kind))];

  it.each(kinds)('says who can decide and how to reach the clinic (%s)', (kind) => {
    const text = ownCareText(kind, 'Please call us.');
    expect(text).toMatch(/pharmacist|doctor|clinician|prescribed/);
    expect(text.endsWith('Please call us.')).toBe(true);
  });

  it('gives no figure', () => {
    for (const kind of kinds) expect(ownCareText(kind, '')).not.toMatch(/\d/);
  });

  it('never suggests stopping a medicine', () => {
    expect(ownCareText('medicine', '')).toContain('Do not stop or skip one');
  });
});
