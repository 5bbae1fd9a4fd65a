import { join } from 'node:path';
import { loadArticles } from '../../knowledge/load-articles.ts';
import { loadNearDomain } from '../../knowledge/near-domain.ts';
import { PROJECT_ROOT } from '../../knowledge/project-root.ts';
import { fromYaml } from '../support/from-yaml.ts';
import { folded, measuredQuestions } from '../support/measured-questions.ts';

const load = fromYaml('near-domain.yaml', loadNearDomain);

describe('loadNearDomain', () => {
  const questions = Object.values(loadNearDomain().kinds).flat();

  it('has words in every question, and none twice', () => {
    const all = questions.map(folded);
    expect(all).not.toContain('');
    expect(all.filter((text, at) => all.indexOf(text) !== at)).toEqual([]);
  });

  it('names nothing that the bundled articles say they answer', () => {
    const { articles } = loadArticles(join(PROJECT_ROOT, 'knowledge', 'articles'));
    const asked = articles
      .flatMap(({ sections }) => sections)
      .flatMap(({ path, asked: lines }) => [...path.slice(-1), ...lines]);
    const answered = new Set(asked.map(folded));
    expect(questions.filter((text) => answered.has(folded(text)))).toEqual([]);
  });

  it('holds no question that the gate is measured on', () => {
    const measured = measuredQuestions();
    expect(questions.filter((text) => measured.has(folded(text)))).toEqual([]);
  });

  it('reads numbers as words', async () => {
    expect(await load('kinds: {desk: [7, a day]}\n')).toEqual({ kinds: { desk: ['7', 'a day'] } });
  });

  it.each([
    ['an unknown part', 'kinds: {desk: [hours]}\nsorts: {}\n', /sorts/],
    ['an empty kind', 'kinds: {desk: []}\n', /kinds\.desk/],
    ['an empty question', 'kinds: {desk: [" "]}\n', /kinds\.desk/],
  ])('names %s', async (_, yaml, named) => {
    await expect(load(yaml)).rejects.toThrow(named);
  });
});
