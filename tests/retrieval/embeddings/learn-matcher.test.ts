import { randomFrom } from '../../../knowledge/random.ts';
import { learnMatcher } from '../../../retrieval/embeddings/learn-matcher.ts';
import { Matcher, STATE_WIDTH, TOKEN_WIDTH } from '../../../retrieval/embeddings/matcher.ts';

const random = randomFrom(5);
const token = () => Float32Array.from({ length: STATE_WIDTH }, () => random() - 0.5);

function textOf(...tokens: readonly Float32Array[]): Float32Array {
  const states = new Float32Array(tokens.length * STATE_WIDTH);
  for (const [at, one] of tokens.entries()) states.set(one, at * STATE_WIDTH);
  return states;
}

/**
 * Forty sections of three sentences. What is asked is put in other words than what is said: each section's
 * own word of a question and that of its answer are two tokens of chance. Every text has a filler too.
 */
function corpus() {
  const fillers = Array.from({ length: 6 }, token);
  const filler = () => fillers[Math.floor(random() * fillers.length)]!;
  const sections = Array.from({ length: 40 }, () => ({ asks: token(), says: token() }));
  const said = sections.map(({ says }) => [
    textOf(filler(), token()),
    textOf(filler(), says, token()),
    textOf(token(), token(), filler()),
  ]);
  const question = (section: number) => ({
    states: textOf(filler(), sections[section]!.asks, filler()),
    sections: [section],
  });
  const asked = sections.flatMap((_, section) =>
    Array.from({ length: 8 }, () => question(section)),
  );
  return { said, asked, question };
}

describe('learnMatcher', () => {
  const { said, asked, question } = corpus();

  /** Of new questions, one a section, how many match their own section's sentence best of all. */
  function rightOf(steps: number): number {
    const weights = learnMatcher(asked, said, { steps });
    const matcher = new Matcher(weights, 'learned');
    const turned = (states: Float32Array, side: 'questions' | 'statements') => {
      const { weights: columns, bias } = weights[side];
      const tokens = new Int8Array((states.length / STATE_WIDTH) * TOKEN_WIDTH);
      for (let at = 0; at < states.length / STATE_WIDTH; at += 1) {
        const values = Array.from(bias, (value, column) => {
          let sum = value;
          for (let i = 0; i < STATE_WIDTH; i += 1) {
            sum += states[at * STATE_WIDTH + i]! * columns[i * TOKEN_WIDTH + column]!;
          }
          return sum;
        });
        const length = Math.hypot(...values);
        for (const [i, value] of values.entries()) {
          tokens[at * TOKEN_WIDTH + i] = Math.round((127 * value) / length);
        }
      }
      return tokens;
    };
    const statements = said.map((sentences) => sentences.map((one) => turned(one, 'statements')));
    return said.filter((_, section) => {
      const tokens = turned(question(section).states, 'questions');
      const scores = statements.map((sentences) =>
        Math.max(...sentences.map((sentence) => matcher.match(tokens, sentence))),
      );
      return scores.indexOf(Math.max(...scores)) === section;
    }).length;
  }

  it('learns which words of a question stand for which of an answer', () => {
    expect(rightOf(100)).toBeGreaterThan(20);
    expect(rightOf(0)).toBeLessThan(10);
  });

  it('throws where the tokens are too few to tell axes', () => {
    expect(() => learnMatcher(asked, said.slice(0, 2), { steps: 1 })).toThrow(RangeError);
  });

  it('learns the same again', () => {
    const [one, other] = [1, 2].map(() => learnMatcher(asked, said, { steps: 3 }));
    expect(one).toEqual(other);
  });
});
