import { answerCallback } from '../../bot/callback/answer.ts';
import type { CallbackDesk } from '../../bot/callback/receive.ts';
import { loadRules } from '../../knowledge/rule.ts';
import { FULL_CLINIC } from './clinic.ts';

const deps: Parameters<typeof answerCallback>[3] = {
  rules: loadRules(),
  // The fixed rules alone: a request does not wait for an encoder here.
  secondLook: async (_, screened) => screened,
  clinic: FULL_CLINIC,
  region: 'US',
};

/** Requests are screened with the real rules and answered in the real words; nothing is sent anywhere. */
export const REAL_CALLBACKS: CallbackDesk = {
  answer: (form, language, past) => answerCallback(form, language, past, deps),
  kept: () => {},
};
