import { join } from 'node:path';
import { loadInDomain, sectionKey } from '../../knowledge/in-domain.ts';
import { loadArticles } from '../../knowledge/load-articles.ts';
import { loadNearDomain } from '../../knowledge/near-domain.ts';
import { PROJECT_ROOT } from '../../knowledge/project-root.ts';
import { fromYaml } from '../support/from-yaml.ts';
import { folded, measuredQuestions } from '../support/measured-questions.ts';

const load = fromYaml('in-domain.yaml', loadInDomain);

describe('loadInDomain', () => {
  const questions = loadInDomain();
  const texts = questions.map(({ text }) => folded(text));

  it('has words in every question, and none twice', () => {
    expect(texts).not.toContain('');
    expect(texts.filter((text, at) => texts.indexOf(text) !== at)).toEqual([]);
  });

  it('names sections of the bundled articles only', () => {
    const { articles } = loadArticles(join(PROJECT_ROOT, 'knowledge', 'articles'));
    const keys = articles.flatMap(({ slug, sections }) =>
      sections.map(({ path }) => sectionKey(slug, path.at(-1))),
    );
    const known = new Set(keys);
    const named = questions.flatMap(({ sections }) => sections);
    expect(named.length).toBeGreaterThan(1000);
    expect(named.filter((key) => !known.has(key))).toEqual([]);
  });

  it('holds nothing that is known not to be answered', () => {
    const others = new Set(Object.values(loadNearDomain().kinds).flat().map(folded));
    expect(texts.filter((text) => others.has(text))).toEqual([]);
  });

  it('holds no question that the gate is measured on', () => {
    const measured = measuredQuestions();
    expect(texts.filter((text) => measured.has(text))).toEqual([]);
  });

  it('gathers the sections of a question', async () => {
    const yaml = 'sections: {a: {One: [x, y]}, b: {Two: [y]}}\nquestions: [z]\n';
    expect(await load(yaml)).toEqual([
      { text: 'x', sections: ['a > One'] },
      { text: 'y', sections: ['a > One', 'b > Two'] },
      { text: 'z', sections: [] },
    ]);
  });

  it.each([
    ['an unknown part', 'sections: {a: {One: [x]}}\nquestions: [z]\nsorts: {}\n', /sorts/],
    ['an empty section', 'sections: {a: {One: []}}\nquestions: [z]\n', /sections\.a\.One/],
    ['an empty question', 'sections: {}\nquestions: [" "]\n', /questions/],
  ])('names %s', async (_, yaml, named) => {
    await expect(load(yaml)).rejects.toThrow(named);
  });
});
