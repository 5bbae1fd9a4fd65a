import type { Citation, Reply } from '../../bot/reply.ts';

const SAID = {
  text: '',
  notices: [],
  safety: { level: 'none', rules: [], open: [] },
  citations: [],
  differences: [],
  contacts: [],
  suggestions: [],
  confidence: 0,
  query: '',
  language: 'en',
} as const;

export function answer(text: string, more: Partial<Reply> = {}): Reply {
  return { ...SAID, confidence: 0.9, text, ...more, kind: 'answer', reason: null };
}

export function escalation(text: string, more: Partial<Reply> = {}): Reply {
  const safety = { level: 'emergency', rules: ['em.pneumothorax'], open: ['em.pneumothorax'] };
  return { ...SAID, safety, text, ...more, kind: 'escalation', reason: null } as Reply;
}

export function handoff(text: string, more: Partial<Reply> = {}): Reply {
  return { ...SAID, text, ...more, kind: 'handoff', reason: 'desk' };
}

export function clarification(text: string, more: Partial<Reply> = {}): Reply {
  return { ...SAID, text, ...more, kind: 'clarification', reason: 'not-covered' };
}

export function citation(marker: number, more: Partial<Citation> = {}): Citation {
  const quote = 'You may be sore for a day or two.';
  return {
    marker,
    article: 'after-care',
    origin: 'after-care.md',
    title: 'After care',
    publisher: null,
    section: 'Soreness',
    quote,
    start: 100,
    end: 100 + quote.length,
    passage: [90, 200],
    reviewed: null,
    url: null,
    ...more,
  };
}
