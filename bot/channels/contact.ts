import type { Contact } from '../reply.ts';

/**
 * A contact as a line of text, with each number that does not stand in its label already.
 * "Call 911"; "Call the clinic: +15550100199"; "Crisis line: 988 or text 988".
 */
export function contactLine({ label, tel, sms }: Contact): string {
  const ways = [
    ...(tel && !names(label, tel) ? [tel] : []),
    ...(sms && !names(label, sms) ? [`text ${sms}`] : []),
  ].join(' or ');
  return [label, ways].filter(Boolean).join(': ');
}

/** Whether a text names every number of a contact, however it is spaced. */
export function namesContact(text: string, { tel, sms }: Contact): boolean {
  return [tel, sms].every((number) => number === null || names(text, number));
}

function names(text: string, number: string): boolean {
  const digits = number.replace(/\D/g, '');
  return new RegExp(String.raw`(?<!\d)${digits.split('').join(String.raw`[\s().-]*`)}(?!\d)`).test(
    text,
  );
}
