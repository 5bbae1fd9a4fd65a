import { listen, spellByEar } from '../../../bot/safety/listen.ts';
import { screen, withWeak } from '../../../bot/safety/screen.ts';
import { loadRules } from '../../../knowledge/rule.ts';

const rules = loadRules();
const levelOf = (text: string) => withWeak(screen(text, [], rules)).level;

describe('screening by ear', () => {
  it.each([
    ['sevear cheest payn', 'emergency'],
    ['i carnt breeve', 'emergency'],
    ['my doorter is haveing a seezhure', 'emergency'],
    ['grandpas mowth has droopt and his speech is slerd', 'emergency'],
    ['I want to end it all, suisidal thorts', 'emergency'],
    ['boath my legs have gon noomb', 'emergency'],
    ['the skin is hott and swolin with yelow puss', 'urgent'],
    ['the brooze is spredding', 'urgent'],
  ])('hears %s', (text, level) => {
    expect(levelOf(text)).toBe(level);
  });

  it.each([
    ['chest pane', 'emergency'],
    ['i wanna dye', 'emergency'],
    ['my right arm went week and my face droops', 'emergency'],
    ['he had a hard attack', 'emergency'],
    ['wanna killmyself', 'emergency'],
    ['thinking about hurting my self', 'emergency'],
  ])('reads a word that is another beside its neighbours: %s', (text, level) => {
    expect(levelOf(text)).toBe(level);
  });

  it.each([
    'i want to dye my hair before the appointment',
    'the ball broke a pane of glass',
    'my legs were fine all week and then sore from the gym',
    'can I leave my bowls kit at reception',
    'is the cafe next door open',
    'hippa forms and cpd points, who do i ask',
    'cheers, see you this arvo, Mackenzie',
    'do you treat the psoas',
  ])('leaves alone: %s', (text) => {
    expect(levelOf(text)).toBe('none');
  });

  it('adds only: a denial that is told by its sound takes nothing back', () => {
    expect(levelOf('chest pain, dosunt stop')).toBe('emergency');
    expect(levelOf('no cheest payn')).toBe('none');
  });

  it('points into what was typed', () => {
    const text = 'Helo, since brekfast I have sevear cheest payn. Thanks';
    const [trigger] = withWeak(screen(text, [], rules)).triggers;
    expect(text.slice(trigger?.start, trigger?.end)).toContain('cheest payn');
  });

  it('is carried to the next message', () => {
    const past = [
      { from: 'user' as const, text: 'had neadling in my back yestaday, im brethliss' },
    ];
    const { open, mentions } = screen('and my blud thinners?', past, rules);
    expect(open).toContain('em.pneumothorax');
    expect([...mentions]).toEqual(['blood-thinner']);
  });

  it('does not tell well-spelt, Spanish or very long messages by their sound', () => {
    for (const text of [
      'My chest hurts when I breathe in after dry needling.',
      'me duele la espalda desde hace años',
      'sevear cheest payn '.repeat(400),
    ]) {
      expect(listen(text, rules).byEar).toBeNull();
    }
  });

  it('spells what it reads so, and leaves a well-spelt text as it stands', () => {
    expect(spellByEar("I'm having sevear cheest payn, OK?", rules)).toBe(
      'i am having severe chest pain, OK?',
    );
    const text = "I'm fine, it's only my neck. When are you open?";
    expect(spellByEar(text, rules)).toBe(text);
  });
});
