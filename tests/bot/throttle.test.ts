import { Throttle } from '../../bot/throttle.ts';

describe('Throttle', () => {
  it('counts each address by itself, and says how long to wait', async () => {
    const throttle = new Throttle(1);
    expect(await throttle.take('192.0.2.1')).toBe(0);
    expect(await throttle.take('::ffff:192.0.2.2')).toBe(0);
    expect(await throttle.take('192.0.2.1')).toBe(60);
  });

  it.each([
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', 60],
    ['2001:db8::1', '2001:db8:0:0:5::', 60],
    ['::1', '::2', 60],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', 0],
  ])('counts %s and %s as one network or as two', async (first, second, seconds) => {
    const throttle = new Throttle(1);
    await throttle.take(first);
    expect(await throttle.take(second)).toBe(seconds);
  });
});
