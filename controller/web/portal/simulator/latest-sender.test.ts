import { expect, test } from 'vitest';
import { LatestSender } from './latest-sender.ts';

function build() {
  const sent: number[] = [];
  const answers: ((isSent: boolean) => void)[] = [];
  const sender = new LatestSender<number>((value) => {
    sent.push(value);
    return new Promise((resolve) => answers.push(resolve));
  });
  const answer = async (isSent = true): Promise<void> => {
    answers.shift()?.(isSent);
    await Promise.resolve();
    await Promise.resolve();
  };
  return { sent, sender, answer };
}

test('one value is on its way at a time, and of those that wait the newest goes', async () => {
  const { sent, sender, answer } = build();
  const offered = [40, 50, 60].map((value) => sender.offer('temperature', value));
  expect(sent).toEqual([40]);
  await answer();
  expect(sent).toEqual([40, 60]);
  await answer();
  expect(await Promise.all(offered)).toEqual([true, true, true]);
});

test('values of different keys do not push each other out', async () => {
  const { sent, sender, answer } = build();
  void sender.offer('a', 1);
  void sender.offer('b', 2);
  void sender.offer('c', 3);
  await answer();
  await answer();
  expect(sent).toEqual([1, 2, 3]);
});

test('a value that was refused says so, and the next one has its turn', async () => {
  const { sent, sender, answer } = build();
  const first = sender.offer('a', 1);
  await answer(false);
  expect(await first).toBe(false);
  void sender.offer('a', 2);
  expect(sent).toEqual([1, 2]);
});
