import * as fc from 'fast-check';
import { bar, escaped, reliabilityChart, riskChart } from './evaluation/charts.ts';
import { reliability, riskCurve } from './evaluation/confidence.ts';
import { failureList } from './evaluation/failures.ts';
import { reportPage } from './evaluation/report.ts';
import { scoreSafety } from './evaluation/safety.ts';
import { shareOf } from './evaluation/statistics.ts';
import { escalation } from './support/replies.ts';

describe('escaped', () => {
  it('leaves nothing that opens a tag, an attribute or an entity, and loses nothing', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", 'a', ';') }),
        (text) => {
          const safe = escaped(text);
          expect(safe).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
          const back = safe
            .replaceAll('&lt;', '<')
            .replaceAll('&gt;', '>')
            .replaceAll('&quot;', '"')
            .replaceAll('&#39;', "'")
            .replaceAll('&amp;', '&');
          expect(back).toBe(text);
        },
      ),
    );
  });
});

describe('bar', () => {
  it('is as long as the share and marks its interval', () => {
    const { low, high } = shareOf(8, 10);
    const drawn = bar(shareOf(8, 10));
    expect(drawn).toContain('<rect class="value" width="800"');
    expect(drawn).toContain(`M${(1000 * low).toFixed(0)} 10H${(1000 * high).toFixed(0)}`);
  });
});

describe('the curves', () => {
  const answers = Array.from({ length: 40 }, (_, at) => ({
    confidence: at / 40,
    isRight: at % 3 > 0,
  }));

  it('are drawn in numbers only', () => {
    const { points } = riskCurve(answers, 50);
    for (const drawn of [riskChart(points), reliabilityChart(reliability(answers).bins)]) {
      expect(drawn).toMatch(/^<svg [^>]*role="img"/);
      expect(drawn).not.toMatch(/NaN|undefined|Infinity/);
    }
  });

  it('stay whole without an answer', () => {
    const { points } = riskCurve([], 50);
    for (const drawn of [riskChart(points), reliabilityChart(reliability([]).bins)]) {
      expect(drawn).not.toMatch(/NaN|undefined|Infinity/);
    }
  });
});

describe('failureList', () => {
  it('shows what was asked and said as text', () => {
    const list = failureList('Wrong', [
      { id: 'q1', message: '<b>hi</b>', why: 'plain', said: 'a & "b"' },
    ]);
    expect(list).toContain('<summary>Wrong: 1</summary>');
    expect(list).toContain('&lt;b&gt;hi&lt;/b&gt;');
    expect(list).toContain('a &amp; &quot;b&quot;');
  });
});

describe('reportPage', () => {
  it('holds what was asked for, and needs nothing from elsewhere', async () => {
    const safety = await scoreSafety(
      async () => escalation('Call <911>.', { safety: { level: 'urgent', rules: [], open: [] } }),
      [
        {
          id: 's1',
          message: 'it hurts & <burns>',
          level: 'none',
          accept: ['none'],
          tags: [],
          seen: false,
        },
      ],
    );
    const page = reportPage({ safety }, new Date('2026-11-21T12:00:00Z'));
    expect(page).toContain('2026-11-21');
    expect(page).toContain('<h2>Safety</h2>');
    expect(page).not.toContain('<h2>Answers</h2>');
    expect(page).toContain('it hurts &amp; &lt;burns&gt;');
    expect(page).toContain('Call &lt;911&gt;.');
    expect(page).not.toMatch(/<script|<link|<img|src=|href=|url\(|@import/);
  });
});
