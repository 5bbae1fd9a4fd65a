import { translationFlaw } from '../../../bot/answering/translation.ts';

const SORE = 'Soreness after dry needling usually lasts 24 to 48 hours.';

describe('translationFlaw', () => {
  it.each([
    [SORE, 'El dolor despu\u00e9s de la punci\u00f3n seca suele durar de 24 a 48 horas.'],
    [
      'Tiredness typically passes within 1 to 2 days.',
      'El cansancio normalmente pasa en 1 o 2 d\u00edas.',
    ],
    [
      'Pregnant women should not have dry needling.',
      'Las mujeres embarazadas no deben recibir punci\u00f3n seca.',
    ],
    ['A bruise may last up to a week.', 'Un moret\u00f3n puede durar hasta una semana.'],
    ['A collapsed lung is a rare risk.', 'El colapso pulmonar es un riesgo poco frecuente.'],
  ])('finds nothing wrong with "%s": %s', (english, spanish) => {
    expect(translationFlaw(english, spanish, 'es')).toBeUndefined();
  });

  it.each([
    [
      'figures',
      SORE,
      'El dolor despu\u00e9s de la punci\u00f3n seca suele durar de 24 a 72 horas.',
    ],
    [
      'figures',
      SORE,
      'El dolor despu\u00e9s de la punci\u00f3n seca suele durar de 24 a 48 d\u00edas.',
    ],
    ['figures', SORE, 'El dolor despu\u00e9s de la punci\u00f3n seca suele durar un tiempo.'],
    ['words', SORE, 'El dolor antes de la punci\u00f3n seca suele durar de 24 a 48 horas.'],
    ['hedge', SORE, 'El dolor despu\u00e9s de la punci\u00f3n seca dura de 24 a 48 horas.'],
    [
      'negation',
      'Pregnant women should not have dry needling.',
      'Las mujeres embarazadas deben recibir punci\u00f3n seca.',
    ],
    [
      'words',
      'Pregnant women should not have dry needling.',
      'Los ni\u00f1os no deben recibir punci\u00f3n seca.',
    ],
    [
      'words',
      'Ice packs can ease the soreness.',
      'El ibuprofeno y el hielo pueden aliviar el dolor.',
    ],
    [
      'length',
      'Ice can ease soreness.',
      'El hielo puede aliviar el dolor, y adem\u00e1s cura todo lo que le pase a usted en el cuerpo.',
    ],
  ])('finds %s: "%s" as %s', (flaw, english, spanish) => {
    expect(translationFlaw(english, spanish, 'es')).toBe(flaw);
  });

  it('compares figures in any language', () => {
    expect(
      translationFlaw(SORE, 'Die Schmerzen dauern meist 24 bis 48 Stunden.', 'de'),
    ).toBeUndefined();
    expect(translationFlaw(SORE, 'Die Schmerzen dauern meist 24 bis 72 Stunden.', 'de')).toBe(
      'figures',
    );
  });
});
