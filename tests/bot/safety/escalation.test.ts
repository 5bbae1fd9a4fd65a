import { cautionNotices, escalate, type ClinicFacts } from '../../../bot/safety/escalation.ts';
import { screen, type Screened, withWeak } from '../../../bot/safety/screen.ts';
import { REGIONS } from '../../../knowledge/region.ts';
import { loadRules } from '../../../knowledge/rule.ts';

const rules = loadRules();
const empty: ClinicFacts = { name: null, phone: null, afterHours: null, booking: null };
const full: ClinicFacts = { ...empty, name: 'Elm Clinic', phone: '+1 555 010 0199' };
const raise = (utterance: string, region?: (typeof REGIONS)[number], clinic = empty) =>
  escalate(withWeak(screen(utterance, [], rules)), rules, { region, clinic });

const GSM = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà]*$/;
const wordCount = (text: string) => text.split(/\s+/).filter(Boolean).length;

describe('escalate', () => {
  const utterances = rules.rules
    .filter(({ level }) => level !== 'caution')
    .map(({ id, catches }) => [id, catches[0] ?? ''] as const);

  it.each(utterances)('says what to do first, briefly, in every region: %s', (_, utterance) => {
    for (const region of [undefined, ...REGIONS]) {
      for (const clinic of [empty, full]) {
        const { text, sms } = raise(utterance, region, clinic);
        expect(text).not.toMatch(/[{}]/);
        expect(sms).not.toMatch(/[{}]|null|undefined/);
        expect(wordCount(text)).toBeLessThan(90);
        expect(text).toMatch(
          /I'm an automated assistant and can't assess you\.$|no puedo evaluarle\.$/,
        );
        expect(sms.length).toBeLessThanOrEqual(160);
        expect(sms).toMatch(GSM);
      }
    }
  });

  it('keeps every card under 60 words before numbers are put in', () => {
    for (const { text } of Object.values(rules.cards)) {
      for (const language of ['en', 'es'] as const) {
        expect(wordCount(`${text[language]} ${rules.lines.closing[language]}`)).toBeLessThanOrEqual(
          60,
        );
      }
    }
  });

  it.each(['en', 'es'] as const)('keeps every SMS in one part, in every region: %s', (language) => {
    for (const [id, rule] of rules.byId) {
      const screened: Screened = {
        ...screen('', [], rules),
        level: rule.level,
        language,
        triggers: [{ rule: id, level: rule.level, version: '', start: 0, end: 0, by: 'rule' }],
      };
      for (const region of [undefined, ...REGIONS]) {
        for (const clinic of [empty, full]) {
          const { sms } = escalate(screened, rules, { region, clinic });
          expect([id, region, sms.length <= 160, GSM.test(sms)]).toEqual([id, region, true, true]);
        }
      }
    }
  });

  it('names several numbers and offers each where no region is set', () => {
    const { text, contacts } = raise('my chest hurts');
    expect(text).toMatch(/911.*999 or 112.*000/);
    expect(contacts.map(({ tel }) => tel)).toEqual(['911', '112', '000']);
  });

  it('names the number of the region', () => {
    expect(raise('my chest hurts', 'AU')).toMatchObject({
      text: expect.stringMatching(/^Call 000 now\./),
      contacts: [{ label: 'Call 000', tel: '000', sms: null }],
    });
  });

  it('puts the crisis line first for self-harm, and the emergency number once harm has begun', () => {
    expect(raise('I want to die', 'US').contacts[0]).toMatchObject({ tel: '988', sms: '988' });
    expect(raise('I want to die and took 30 pills', 'US').text).toMatch(/^Call 911 now\./);
  });

  it('answers in Spanish', () => {
    expect(raise('me duele el pecho', 'US')).toMatchObject({
      language: 'es',
      text: expect.stringMatching(/^Llame ya a 911\./),
    });
  });

  it('names another service where the clinic has given no number', () => {
    expect(raise('the site has pus', 'UK').text).toMatch(
      /^Call your doctor or an urgent care clinic today, or NHS 111/,
    );
    const { text, contacts } = raise('the site has pus', 'US', full);
    expect(text).toMatch(/^Call us at \+1 555 010 0199 today/);
    expect(contacts[0]).toEqual({ label: 'Call Elm Clinic', tel: '+15550100199', sms: null });
  });

  it('gives bleeding that cannot be pressed nothing to press', () => {
    expect(raise('blood is squirting from my arm', 'US').text).toMatch(/^Press firmly/);
    expect(raise('I am vomiting blood', 'US').text).not.toMatch(/press/i);
  });

  it('throws where nothing was raised', () => {
    expect(() => raise('hello')).toThrow(RangeError);
  });
});

describe('cautionNotices', () => {
  const notices = (utterance: string) => cautionNotices(screen(utterance, [], rules), rules);

  it('names what was mentioned and what to know of it', () => {
    expect(notices("I'm pregnant and on Eliquis, can I come?")).toEqual([
      {
        kind: 'caution',
        text: expect.stringMatching(/because you mentioned .*pregnancy.*Do not stop or skip it/),
      },
    ]);
    expect(notices('tomo Sintrom a diario')[0]?.text).toMatch(/porque mencionó un anticoagulante/);
  });

  it('is silent when there is nothing to say', () => {
    expect(notices('how much is it?')).toEqual([]);
  });

  it('reminds of an open emergency, but never of abuse', () => {
    const after = (text: string) =>
      cautionNotices(screen('what does it cost?', [{ from: 'user', text }], rules), rules);
    expect(after('my chest hurts')).toEqual([
      { kind: 'open-emergency', text: rules.lines['open-emergency'].en },
    ]);
    expect(after('my boyfriend choked me')).toEqual([]);
  });
});
