import type { Channel } from '../conversation.ts';
import { presentTeams } from './msteams.ts';
import type { Presenter } from './outgoing.ts';
import { presentSms } from './sms.ts';
import { presentWebchat } from './webchat.ts';

export const presenters = {
  webchat: presentWebchat,
  msteams: presentTeams,
  sms: presentSms,
} satisfies Record<Channel, Presenter>;
