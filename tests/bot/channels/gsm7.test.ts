import { countSegments, toGsm7 } from '../../../bot/channels/gsm7.ts';

describe('countSegments', () => {
  it.each([
    ['160 letters', 'a'.repeat(160), 1],
    ['161 letters', 'a'.repeat(161), 2],
    ['306 letters', 'a'.repeat(306), 2],
    ['307 letters', 'a'.repeat(307), 3],
    ['80 characters of the extension', '€'.repeat(80), 1],
    ['81 characters of the extension', '€'.repeat(81), 2],
    // A part holds 153 septets: 76 pairs, and one septet that no pair fits in.
    ['153 characters of the extension', '['.repeat(153), 3],
    ['70 letters outside the alphabet', 'б'.repeat(70), 1],
    ['71 letters outside the alphabet', 'б'.repeat(71), 2],
    ['134 letters outside the alphabet', 'б'.repeat(134), 2],
    ['135 letters outside the alphabet', 'б'.repeat(135), 3],
    ['one letter outside among 70', `б${'a'.repeat(70)}`, 2],
    ['35 pictures of two code units', '😀'.repeat(35), 1],
    // 67 code units: 33 pictures and one unit that no half picture fits in.
    ['67 pictures', '😀'.repeat(67), 3],
    ['nothing', '', 1],
  ])('counts %s', (_, text, segments) => {
    expect(countSegments(text)).toBe(segments);
  });
});

describe('toGsm7', () => {
  it.each([
    ['“Don’t” – it’s…', '"Don\'t" - it\'s...'],
    ['naïve café, piñata, ¿qué?', 'naive café, piñata, ¿qué?'],
    ['múltiples sesiónes', 'multiples sesiones'],
    ['cafe\u0301', 'café'],
    ['1½ hours, 10³ cells, cm²', '1 1/2 hours, 10^3 cells, cm2'],
    ['≥ 2\u00a0weeks, 5\u202fmg, 37 °C', '>= 2 weeks, 5 mg, 37  degC'],
    ['[a] {b} €5', '[a] {b} €5'],
    ['Take care 👍🏽 ☺️ ©', 'Take care   (c)'],
    ['soft\u00adhyphen', 'softhyphen'],
    ['Сухая игла', 'Сухая игла'],
    ['καλά', 'καλά'],
    ['Łódź, œuvre', 'Lodz, oeuvre'],
  ])('writes %s', (text, written) => {
    expect(toGsm7(text)).toBe(written);
  });
});
