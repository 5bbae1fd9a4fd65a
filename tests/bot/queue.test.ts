import { setTimeout as delay } from 'node:timers/promises';
import * as fc from 'fast-check';
import { TurnQueue } from '../../bot/queue.ts';
import { createGate } from '../support/gate.ts';

describe('TurnQueue', () => {
  it('runs the tasks of each key in order, one at a time, whatever they take', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({ key: fc.constantFrom('a', 'b', 'c'), ms: fc.nat(3), fails: fc.boolean() }),
        ),
        async (tasks) => {
          const queue = new TurnQueue();
          const running = new Map<string, number>();
          const finished: { key: string; i: number }[] = [];
          const outcomes = await Promise.allSettled(
            tasks.map(({ key, ms, fails }, i) =>
              queue.run(key, async () => {
                running.set(key, (running.get(key) ?? 0) + 1);
                expect(running.get(key)).toBe(1);
                await delay(ms);
                running.set(key, 0);
                finished.push({ key, i });
                if (fails) throw new Error(`task ${i}`);
                return i;
              }),
            ),
          );

          for (const key of ['a', 'b', 'c']) {
            const order = finished.filter((done) => done.key === key).map(({ i }) => i);
            expect(order).toEqual([...order].sort((x, y) => x - y));
          }
          expect(finished).toHaveLength(tasks.length);
          expect(outcomes.map(({ status }) => status)).toEqual(
            tasks.map(({ fails }) => (fails ? 'rejected' : 'fulfilled')),
          );
        },
      ),
      { numRuns: 30 },
    ));

  it('runs other keys meanwhile', async () => {
    const queue = new TurnQueue();
    const gate = createGate();
    const slow = queue.run('a', () => gate.opened);

    expect(await queue.run('b', () => Promise.resolve('done'))).toBe('done');
    gate.open();
    await slow;
  });

  it('forgets a key once its tasks are done, also where one failed', async () => {
    const queue = new TurnQueue();
    const failing = queue.run('a', () => Promise.reject(new Error('no')));
    const fine = queue.run('b', () => Promise.resolve());
    expect(queue.size).toBe(2);

    await Promise.allSettled([failing, fine]);
    await delay(0);
    expect(queue.size).toBe(0);
  });
});
