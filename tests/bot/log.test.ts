import { createLogger, logName } from '../../bot/log.ts';
import { Fault } from '../../knowledge/fault.ts';

function logged(log: (logger: ReturnType<typeof createLogger>) => void): string {
  const lines: string[] = [];
  log(createLogger('trace', { write: (line) => void lines.push(line) }));
  return lines.join('');
}

describe('createLogger', () => {
  it('logs an error by type, code and place, not by its message', () => {
    const line = logged((logger) => {
      try {
        JSON.parse('{"text": my chest hurts}');
      } catch (error) {
        logger.error({ err: new Error('it is\n    at my chest', { cause: error }) }, 'failed');
      }
    });

    expect(line).not.toContain('chest');
    expect(JSON.parse(line)).toMatchObject({
      msg: 'failed',
      err: {
        type: 'Error',
        cause: {
          type: 'SyntaxError',
          at: expect.arrayContaining([expect.stringMatching(/^at .*log\.test/)]),
        },
      },
    });
  });

  it('keeps the message of a Fault, which is ours', () => {
    const line = logged((logger) => {
      logger.error({ err: new Fault('MODEL_UNAVAILABLE', 'no answer in 8000 ms') });
    });

    expect(JSON.parse(line)).toMatchObject({
      err: { code: 'MODEL_UNAVAILABLE', message: 'MODEL_UNAVAILABLE: no answer in 8000 ms' },
    });
  });

  it('blots out an utterance that is logged by mistake', () => {
    const line = logged((logger) => {
      logger.info({ text: 'my rash', activity: { text: 'my rash' }, utterance: 'my rash' });
    });

    expect(line).not.toContain('rash');
  });

  it('survives a cause that goes in circles', () => {
    const error = new Error('round');
    error.cause = error;

    expect(logged((logger) => logger.error({ err: error }))).toContain('"type":"Error"');
  });
});

describe('logName', () => {
  it('joins the lines of a conversation without showing its id', () => {
    expect(logName('sms/+15550100199')).toBe(logName('sms/+15550100199'));
    expect(logName('sms/+15550100199')).not.toBe(logName('sms/+15550100198'));
    expect(logName('sms/+15550100199')).not.toContain('555');
  });
});
