import { composeAnswer } from '../../../bot/answering/quote.ts';
import { retrieverOf } from '../../support/word-retriever.ts';

/** The answer where there is one sentence to answer with, under this heading. */
async function answerFrom(sentence: string, question: string, heading = 'Good to know') {
  const retriever = await retrieverOf(`# Dry needling\n\n## ${heading}\n\n${sentence}`);
  const { query, hits } = await retriever.retrieve(question, 10);
  return composeAnswer(query, hits, retriever)?.text ?? '';
}

async function openingFrom(sentence: string, question: string, heading?: string) {
  const text = await answerFrom(sentence, question, heading);
  return /^(?:Yes|No|It depends)(?=[,:])/.exec(text)?.[0];
}

describe('the opening of an answer', () => {
  it.each([
    [
      'Yes',
      'Can dry needling damage an organ?',
      'Organ damage from dry needling is rare but dangerous.',
    ],
    ['Yes', 'could a needle injure a nerve', 'Dry needling may, in rare cases, injure a nerve.'],
    ['Yes', 'Is dry needling used for knee pain?', 'Dry needling is commonly used for knee pain.'],
    ['Yes', 'does it help knee pain', 'Dry needling helps knee pain by relaxing the muscle.'],
    [
      'Yes',
      'Does it improve flexibility?',
      'Dry needling improves flexibility by relaxing muscles.',
    ],
    ['Yes', 'should I drink water after dry needling', 'Drink extra water after dry needling.'],
    ['Yes', 'is soreness normal after dry needling', 'Soreness is normal after dry needling.'],
    [
      'No',
      'Can pregnant women get this treatment?',
      'Pregnant women should not have dry needling.',
    ],
    [
      'No',
      'is it ok with a skin infection',
      'People with a skin infection should avoid dry needling.',
    ],
    ['No', 'Is anything injected?', 'Nothing is injected during dry needling.'],
    [
      'No',
      'is it the same as acupuncture',
      'Dry needling is not the same as acupuncture: the ideas behind it are newer.',
    ],
    [
      'No',
      'Are acupuncture and dry needling the same thing?',
      'Dry needling and acupuncture are not the same, though each uses needles.',
    ],
    [
      'It depends',
      'Does insurance cover it?',
      'Insurance may cover dry needling, but that varies by plan.',
    ],
  ])('is "%s" where the sentence is sure: %s', async (opening, question, sentence) => {
    expect(await openingFrom(sentence, question)).toBe(opening);
  });

  it.each([
    [
      'a yes that would be a no',
      'should I avoid it with an infection',
      'People with an infection should avoid dry needling.',
    ],
    [
      'of a part what is said of the whole',
      'is the needle the same as acupuncture needles',
      'Dry needling is not the same as acupuncture.',
    ],
    [
      'of one thing what is said of another',
      'is it the same as acupuncture',
      'Dry needling is not the same as an injection or acupuncture with drugs.',
    ],
    ['more than is said', 'does it help knee pain', 'Dry needling is commonly used for knee pain.'],
    ['for certain what only may be', 'does it help knee pain', 'Dry needling may ease knee pain.'],
    [
      'for all what is so for some',
      'does it help knee pain',
      'Dry needling helps some people with knee pain.',
    ],
    [
      'what is said of something else',
      'does it help the immune system',
      'Acupuncture helps the immune system.',
    ],
    [
      'harm of what dry needling treats',
      'can it cause neck pain',
      'A trigger point may cause neck pain.',
    ],
    [
      'use for what comes before it',
      'is it used for surgery',
      'Physical therapists often use dry needling after surgery.',
    ],
    ['a quantity', 'does it always help knee pain', 'Dry needling helps knee pain.'],
    [
      'which of two',
      'is it used for knee pain or hip pain',
      'Dry needling is used for knee pain and hip pain.',
    ],
    [
      'to a question of another kind',
      'how does it help knee pain',
      'Dry needling helps knee pain.',
    ],
    [
      'another time',
      'should I drink water before dry needling',
      'Drink extra water after dry needling.',
    ],
    [
      'against something else',
      'can I take a bath with an infection',
      'People with an infection should avoid dry needling.',
    ],
    [
      'of a limit',
      'can I lift weights after dry needling',
      'You should not lift weights for 24 hours after dry needling.',
    ],
  ])('does not say %s: %s', async (_, question, sentence) => {
    expect(await openingFrom(sentence, question)).toBeUndefined();
  });

  it("keeps an article's own reply for the question it replies to", async () => {
    const sentence = 'Yes, the needles are sterile, and each one is used only once.';
    const heading = 'Are the needles sterile, and can I get an infection?';
    expect(
      await answerFrom(sentence, 'Are the needles sterile?', 'Are the needles sterile?'),
    ).toMatch(/^Yes[,:] (?:T|t)he needles are sterile/);
    expect(await answerFrom(sentence, 'can I get an infection from the needles', heading)).toMatch(
      /^The needles are sterile/,
    );
  });

  it('is one sentence with what it stands before, whose marker is its own', async () => {
    const question = 'can dry needling injure an organ';
    const injury = 'Organ injury from dry needling is rare';
    expect(await answerFrom(`${injury}.`, question)).toBe(`Yes: ${injury} [1].`);
    expect(await answerFrom(`${injury}. An organ is soft.`, question)).toMatch(
      /^Yes, organ injury from dry needling is rare \[1\]\./,
    );
  });
});
