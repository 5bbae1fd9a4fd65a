import { answerCallback } from '../../../bot/callback/answer.ts';
import type { Conversation } from '../../../bot/conversation.ts';
import type { SecondLook } from '../../../bot/safety/second-look.ts';
import { loadRules } from '../../../knowledge/rule.ts';
import { EMPTY_CLINIC, FULL_CLINIC } from '../../support/clinic.ts';
import { escalation } from '../../support/replies.ts';

const rules = loadRules();
const secondLook: SecondLook = async (_, screened) => screened;
const full = { rules, secondLook, clinic: FULL_CLINIC, region: 'US' } as const;
const empty = { rules, secondLook, clinic: EMPTY_CLINIC, region: undefined };
const NOBODY: Conversation = { id: 'c1', channel: 'webchat', messages: [] };
const form = { phone: '+1 555 010 0000', note: null };

describe('answerCallback', () => {
  it('reads the number back, gives hours, the clinic and the emergency number', async () => {
    const [reply, ...rest] = await answerCallback(form, 'en', NOBODY, full);

    expect(rest).toEqual([]);
    expect(reply).toMatchObject({
      kind: 'handoff',
      reason: 'person-wanted',
      contacts: [{ label: 'Call Elm Street Physio', tel: '+15550100199' }],
      language: 'en',
    });
    expect(reply?.text).toBe(
      'Thank you. Your request to be called back is kept for Elm Street Physio. ' +
        'The number you gave is +1 555 010 0000. If it is wrong, please send the form again. ' +
        'I cannot promise that someone will call, or when. ' +
        'Opening hours: Monday to Friday 8 to 6. ' +
        'You can also call Elm Street Physio at +1 555 010 0199. ' +
        'If this may be an emergency, do not wait for a call: call 911 now.',
    );
  });

  it('says the same in Spanish', async () => {
    const [reply] = await answerCallback(form, 'es', NOBODY, full);

    expect(reply).toMatchObject({
      language: 'es',
      contacts: [{ label: 'Llamar a Elm Street Physio' }],
    });
    expect(reply?.text).toContain('El número que dio es +1 555 010 0000.');
    expect(reply?.text).toContain('No puedo prometer que alguien le llame, ni cuándo.');
    expect(reply?.text).toContain('llame ya a 911');
  });

  it('says nothing that the clinic has not given', async () => {
    const [reply] = await answerCallback(form, 'en', NOBODY, empty);

    expect(reply?.contacts).toEqual([]);
    expect(reply?.text).toContain('kept for the clinic.');
    expect(reply?.text).not.toMatch(/hours|null|undefined|You can also/);
    expect(reply?.text).toMatch(/call your local emergency number \(911 .*\) now\.$/);
  });

  it('puts the escalation of a note first, and keeps the emergency open', async () => {
    const note = "I had needling in my shoulder this morning and now I can't breathe";
    const [first, second] = await answerCallback({ ...form, note }, 'en', NOBODY, full);

    expect(first).toMatchObject({ kind: 'escalation', safety: { level: 'emergency' } });
    expect(second).toMatchObject({ kind: 'handoff', safety: { level: 'none', rules: [] } });
    expect(second?.safety.open).toEqual(first?.safety.rules);
    expect(second?.notices).toMatchObject([{ kind: 'open-emergency' }]);
  });

  it('reminds of an emergency that was raised before', async () => {
    const raised = escalation('Call 911 now.');
    const past: Conversation = {
      ...NOBODY,
      messages: [
        { from: 'user', text: "I can't breathe since the needling" },
        { from: 'bot', text: raised.text, reply: raised },
      ],
    };
    const [reply] = await answerCallback(form, 'es', past, full);

    expect(reply).toMatchObject({ kind: 'handoff', safety: { open: ['em.pneumothorax'] } });
    expect(reply?.notices[0]?.text).toContain('llame ya');
  });
});
