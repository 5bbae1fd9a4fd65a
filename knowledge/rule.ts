/** Least serious first. */
export const LEVELS = ['none', 'caution', 'urgent', 'emergency'] as const;
export type Level = (typeof LEVELS)[number];
