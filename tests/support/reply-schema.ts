import { z } from 'zod';

const markers = z.array(z.int().positive());

/** The contract of DESIGN section 4, key by key: nothing missing, nothing more. */
const said = {
  text: z.string().min(1),
  notices: z.array(
    z.strictObject({
      kind: z.enum(['caution', 'red-flag', 'check', 'painkiller', 'open-emergency', 'procedure']),
      text: z.string().min(1),
      replies: z.array(z.string().min(1)).length(2).optional(),
    }),
  ),
  safety: z.strictObject({
    level: z.enum(['emergency', 'urgent', 'caution', 'none']),
    rules: z.array(z.string()),
    open: z.array(z.string()),
  }),
  citations: z.array(
    z.strictObject({
      marker: z.int().positive(),
      article: z.string().min(1),
      origin: z.string().min(1),
      title: z.string().min(1),
      publisher: z.string().nullable(),
      section: z.string(),
      quote: z.string().min(1),
      start: z.int().nonnegative(),
      end: z.int().positive(),
      passage: z.tuple([z.int().nonnegative(), z.int().positive()]),
      reviewed: z.string().nullable(),
      url: z.string().nullable(),
      language: z.string().optional(),
    }),
  ),
  differences: z.array(z.strictObject({ about: z.string(), sides: z.array(markers) })),
  contacts: z.array(
    z.strictObject({
      label: z.string().min(1),
      tel: z.string().nullable(),
      sms: z.string().nullable(),
    }),
  ),
  suggestions: z.array(z.string().min(1)),
  confidence: z.number().min(0).max(1),
  query: z.string(),
  language: z.enum(['en', 'es']),
};

export const replySchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal(['answer', 'escalation', 'smalltalk']),
    reason: z.null(),
    ...said,
  }),
  z.strictObject({
    kind: z.literal(['unanswered', 'handoff', 'clarification']),
    reason: z.enum([
      'not-covered',
      'desk',
      'person-wanted',
      'own-care',
      'dose',
      'off-topic',
      'language',
      'procedure',
      'fault',
    ]),
    ...said,
  }),
]);
