import type { Notice } from '../reply.ts';

/** Shown before the text, most serious first; every other kind follows it. */
const BEFORE: readonly Notice['kind'][] = [
  'open-emergency',
  'red-flag',
  'check',
  'caution',
  'procedure',
];

export function orderNotices(notices: readonly Notice[]): {
  readonly before: readonly Notice[];
  readonly after: readonly Notice[];
} {
  return {
    before: BEFORE.flatMap((kind) => notices.filter((notice) => notice.kind === kind)),
    after: notices.filter(({ kind }) => !BEFORE.includes(kind)),
  };
}

/** One-tap replies to what the notices ask, before any other button. */
export function tapsOf(notices: readonly Notice[]): string[] {
  return notices.flatMap(({ replies = [] }) => replies);
}
