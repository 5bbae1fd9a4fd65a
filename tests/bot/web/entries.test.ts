import type { Activity } from 'botframework-directlinejs';
import type { Reply } from '../../../bot/reply.ts';
import {
  deliver,
  type Entries,
  isAwaitingReply,
  openEmergency,
  place,
} from '../../../bot/web/chat/entries.ts';
import { answer, escalation } from '../../support/replies.ts';

const greeting: Reply = { ...answer('Hello!'), kind: 'smalltalk', reason: null };

function fromBot(id: string, reply: Reply, replyToId?: string): Activity {
  const activity = { type: 'message', id, from: { id: 'bot' }, channelData: { reply } } as const;
  return { ...activity, ...(replyToId !== undefined && { replyToId }) };
}

function fromVisitor(id: string, clientActivityID: string, text: string): Activity {
  return { type: 'message', id, from: { id: 'v' }, text, channelData: { clientActivityID } };
}

function after(...activities: readonly Activity[]): Entries {
  return activities.reduce<Entries>(place, []);
}

describe('place', () => {
  it('puts each message in once, however often it arrives', () => {
    const asked = fromVisitor('1', 'ours', 'Does it hurt?');
    const answered = fromBot('2', answer('A little.'), '1');
    const entries = after(asked, answered, asked, answered);
    expect(entries.map(({ from }) => from)).toEqual(['visitor', 'bot']);
    expect(entries[1]).toMatchObject({ question: 'Does it hurt?' });
  });

  it('takes an echo as the proof that our own message was delivered, even after a failure', () => {
    const sending: Entries = [{ from: 'visitor', key: 'ours', text: 'Hi', delivery: 'waiting' }];
    const echoed = place(sending, fromVisitor('1', 'ours', 'Hi'));
    expect(echoed).toEqual([{ ...sending[0], delivery: 'sent' }]);
    expect(deliver(echoed, 'ours', 'failed')).toEqual(echoed);
  });

  it('leaves out the greeting, also one that comes after a quick first question', () => {
    const sending: Entries = [{ from: 'visitor', key: 'ours', text: 'Hi', delivery: 'sending' }];
    expect(place(sending, fromBot('greeting.1', greeting))).toEqual(sending);
    expect(place(sending, fromBot('2', greeting))).toHaveLength(2);
  });

  it('shows a message without a reply as one from the clinic', () => {
    const written = { type: 'message', id: '1', from: { id: 'bot', role: 'bot' }, text: 'Hello' };
    expect(after(written as Activity)).toEqual([{ from: 'team', key: '1', text: 'Hello' }]);
  });

  it('ignores typing', () => {
    expect(after({ type: 'typing', id: '1', from: { id: 'bot' } })).toEqual([]);
  });
});

describe('isAwaitingReply', () => {
  it('is so from a sent message to its reply', () => {
    const asked = fromVisitor('1', 'ours', 'Does it hurt?');
    expect(isAwaitingReply(after(asked))).toBe(true);
    expect(isAwaitingReply(after(asked, fromBot('2', answer('A little.'), '1')))).toBe(false);
    expect(isAwaitingReply([])).toBe(false);
  });
});

describe('openEmergency', () => {
  const contacts = [{ label: 'Call 911', tel: '911', sms: null }];
  const raised = (rule: string) =>
    escalation('Call 911.', { contacts, safety: { level: 'emergency', rules: [rule], open: [] } });
  const later = (open: readonly string[]) =>
    answer('A little.', { safety: { level: 'none', rules: [], open } });

  it('is there from the reply that raises it until one in which it is no longer open', () => {
    const asked = fromVisitor('1', 'a', 'I cannot breathe');
    const alarm = fromBot('2', raised('em.pneumothorax'), '1');
    const open = fromBot('3', later(['em.pneumothorax']), '1');
    expect(openEmergency(after(asked, alarm))).toEqual({ level: 'emergency', contacts });
    expect(openEmergency(after(asked, alarm, open))).toEqual({ level: 'emergency', contacts });
    expect(openEmergency(after(asked, alarm, open, fromBot('4', later([]), '1')))).toBeNull();
  });

  it.each(['em.abuse', 'ur.abuse', 'em.violence'])('does not show %s', (rule) => {
    const alarm = fromBot('2', raised(rule), '1');
    expect(openEmergency(after(alarm, fromBot('3', later([rule]), '1')))).toBeNull();
  });
});
