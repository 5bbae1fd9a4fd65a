import { ClaimReader } from '../../../bot/answering/claim.ts';
import { type Ground, Verifier } from '../../../bot/answering/verify.ts';
import { loadWording } from '../../../knowledge/wording.ts';
import { scoreVerify } from '../../evaluation/verify.ts';

const verifier = new Verifier(new ClaimReader(loadWording()));

function ground(text: string, heading = ''): Ground {
  return { text, heading, section: 'a#1', isSentence: true };
}

function flawOf(sentence: string, ...grounds: Ground[]): string | undefined {
  const verdict = verifier.verify(sentence, grounds);
  return verdict.kind === 'supported' ? undefined : verdict.flaw;
}

describe('Verifier', () => {
  it.each([
    ['Soreness usually lasts 24 to 48 hours.', 'Soreness usually lasts one to two days.'],
    [
      'Side effects typically go away without medical care.',
      'Side effects usually go away on their own.',
    ],
    [
      'Pregnant women should not have dry needling.',
      'If you are pregnant, you should avoid dry needling.',
    ],
    ['Needles stay in for up to 20 minutes.', 'The needles can stay in for up to 20 minutes.'],
    ['A bruise is rare and usually minor.', 'Bruising is rare and usually mild.'],
    ['No medicine or fluid is injected.', 'Nothing like medicine or fluid is injected.'],
  ])('takes "%s" in other words: %s', (text, sentence) => {
    expect(flawOf(sentence, ground(text))).toBeUndefined();
  });

  it.each([
    ['figures', 'Soreness usually lasts 24 to 48 hours.', 'Soreness usually lasts 24 to 72 hours.'],
    ['figures', 'Soreness usually lasts 24 to 48 hours.', 'Soreness usually lasts 24 to 48 days.'],
    [
      'figures',
      'Needles stay in for up to 20 minutes.',
      'Needles stay in for at least 20 minutes.',
    ],
    ['figures', 'It clears up in a few days.', 'It clears up in a few weeks.'],
    [
      'negation',
      'You should not have dry needling while you have an infection.',
      'You should have dry needling while you have an infection.',
    ],
    [
      'negation',
      'If you have had lymphedema, you should avoid dry needling.',
      'If you have had lymphedema, you should have dry needling.',
    ],
    ['negation', 'Dry needling is not free of risk.', 'Dry needling is free of risk.'],
    ['words', 'Bruising may last up to a week.', 'Bruising may not last up to a week.'],
    [
      'side',
      'Dry needling is rooted in Western medicine, while acupuncture comes from Chinese medicine.',
      'Acupuncture is rooted in Western medicine.',
    ],
    ['side', 'Acupuncture works with paths of energy.', 'Dry needling works with paths of energy.'],
    [
      'side',
      'New pain may need 1 to 3 sessions; chronic pain may need 4 to 6 sessions.',
      'New pain may need 4 to 6 sessions.',
    ],
    [
      'who',
      'Practitioners take care to lower the risk of a bruise.',
      'Patients take care to lower the risk of a bruise.',
    ],
    [
      'side',
      'Talk to your provider before dry needling.',
      'Talk to your provider after dry needling.',
    ],
    [
      'hedge',
      'Dry needling can cause a collapsed lung, but only in extremely rare cases.',
      'Dry needling can cause a collapsed lung.',
    ],
    ['hedge', 'Dry needling may help with pain.', 'Dry needling helps with pain.'],
    [
      'order',
      'Needles go through the skin into the muscle.',
      'Needles go through the muscle into the skin.',
    ],
    [
      'words',
      'Sciatica often responds well to dry needling.',
      'Arthritis often responds well to dry needling.',
    ],
    ['words', 'Soreness is common.', 'Soreness is common and proves that it works.'],
  ])('finds %s: "%s" made into "%s"', (flaw, text, sentence) => {
    expect(flawOf(sentence, ground(text))).toBe(flaw);
  });

  it('does not put together what two places say of different things', () => {
    const soreness = ground('Muscle soreness usually lasts 24 to 48 hours.');
    const bruise = { ...ground('A bruise may last up to a week.'), section: 'a#2' };
    expect(flawOf('Muscle soreness may last up to a week.', soreness, bruise)).toBe('figures');
  });

  it('names what each part of a sentence rests on', () => {
    const grounds = [ground('Bruises are rare.'), ground('Bruises are usually minor.')];
    expect(verifier.verify('Bruises are rare and usually minor.', grounds)).toEqual({
      kind: 'supported',
      by: [0, 1],
    });
  });

  it('drops 97 in 100 sentences made false, and at most 5 in 100 true ones', () => {
    const { dropped, lost } = scoreVerify();
    expect(dropped.get('all')?.of).toBe(200);
    expect(dropped.get('all')?.share).toBeGreaterThanOrEqual(0.97);
    expect(lost.get('all')?.share).toBeLessThanOrEqual(0.05);
  });
});
