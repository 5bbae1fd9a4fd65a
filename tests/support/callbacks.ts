import { answerCallback } from '../../bot/callback/answer.ts';
import type { CallbackDesk } from '../../bot/callback/receive.ts';
import { loadRules } from '../../knowledge/rule.ts';
import { FULL_CLINIC } from './clinic.ts';

const deps = { rules: loadRules(), clinic: FULL_CLINIC, region: 'US' } as const;

/** Requests are screened with the real rules and answered in the real words; nothing is sent anywhere. */
export const REAL_CALLBACKS: CallbackDesk = {
  answer: (form, language, past) => answerCallback(form, language, past, deps),
  kept: () => {},
};
