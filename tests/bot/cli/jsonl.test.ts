import * as fc from 'fast-check';
import { parseLine } from '../../../bot/cli/jsonl.ts';

function unreadable(line: string) {
  const parsed = parseLine(line);
  if (parsed.kind !== 'unreadable') throw new Error(`read: ${line}`);
  return parsed;
}

describe('parseLine', () => {
  it('reads the least that a line may hold', () => {
    expect(parseLine('{"id": "a", "text": "does it hurt"}')).toEqual({
      kind: 'turn',
      id: 'a',
      text: 'does it hurt',
      conversation: undefined,
      channel: undefined,
      history: [],
    });
  });

  it('reads everything that a line may hold', () => {
    const line = {
      id: 7,
      text: 'why?',
      conversation: 'c1',
      channel: 'sms',
      history: [
        { from: 'user', text: 'can I run' },
        { from: 'bot', text: 'Not today.' },
      ],
    };
    expect(parseLine(JSON.stringify(line))).toEqual({ kind: 'turn', ...line });
  });

  it('keeps an empty text, and keys it does not know do no harm', () => {
    expect(parseLine('{"id": 1, "text": "", "locale": "en"}')).toMatchObject({
      kind: 'turn',
      text: '',
    });
  });

  it('reads a line behind a byte order mark', () => {
    expect(parseLine('\uFEFF{"id": 1, "text": "hi"}')).toMatchObject({ kind: 'turn', id: 1 });
  });

  it.each(['', 'hello', '{"id": 1, "text": "cut', '{id: 1}', 'undefined'])(
    'says that %j is not JSON',
    (line) => {
      expect(unreadable(line)).toMatchObject({
        id: null,
        error: 'not JSON; expected {"id", "text"}',
      });
    },
  );

  it.each([
    ['{"id": "a"}', 'a', 'text'],
    ['{"id": "a", "text": 5}', 'a', 'text'],
    ['{"id": "a", "text": null}', 'a', 'text'],
    ['{"text": "hi"}', null, 'id'],
    ['{"id": {}, "text": "hi"}', null, 'id'],
    ['{"id": "a", "text": "hi", "conversation": 5}', 'a', 'conversation'],
    ['{"id": "a", "text": "hi", "history": "none"}', 'a', 'history'],
    [
      '{"id": "a", "text": "hi", "history": [{"from": "doctor", "text": "x"}]}',
      'a',
      'history.0.from',
    ],
    ['{"id": "a", "text": "hi", "history": [{"from": "user"}]}', 'a', 'history.0.text'],
  ])('names what is wrong with %s and keeps the id', (line, id, key) => {
    const { id: found, error } = unreadable(line);
    expect(found).toBe(id);
    expect(error).toContain(`${key}: `);
  });

  it.each(['null', '[]', '5', '"text"', 'true'])('reads no line from %s', (line) => {
    expect(unreadable(line).id).toBeNull();
  });

  it('repeats nothing of the line in the error', () => {
    const { error } = unreadable(
      '{"id": "a", "text": ["my secret"], "history": [{"from": "my secret"}]}',
    );
    expect(error).not.toContain('my secret');
  });

  it('never throws', () => {
    const any = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.jsonValue().map((value) => JSON.stringify({ id: 1, text: value, history: value })),
    );
    fc.assert(fc.property(any, (line) => ['turn', 'unreadable'].includes(parseLine(line).kind)));
  });
});
