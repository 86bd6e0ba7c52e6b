import { expect, it } from 'vitest';
import { ConnectionCounter } from './connection-counter.ts';

it('refuses one address past its share and lets others in', () => {
  const counter = new ConnectionCounter({ maxPerAddress: 2, maxTotal: 10 });
  expect(['a', 'a', 'a', 'b'].map((address) => counter.enter(address))).toEqual([true, true, false, true]);
  expect(counter.total).toBe(3);
});

it('takes a network of IPv6 for one address, as its machines change theirs at will', () => {
  const counter = new ConnectionCounter({ maxPerAddress: 1, maxTotal: 10 });
  expect(counter.enter('2001:db8::1')).toBe(true);
  expect(counter.enter('2001:db8::2')).toBe(false);
  counter.leave('2001:db8::1');
  expect(counter.enter('2001:db8::2')).toBe(true);
});

it('refuses everybody past the total', () => {
  const counter = new ConnectionCounter({ maxPerAddress: 5, maxTotal: 2 });
  expect(['a', 'b', 'c'].map((address) => counter.enter(address))).toEqual([true, true, false]);
});

it('has room again when one leaves', () => {
  const counter = new ConnectionCounter({ maxPerAddress: 1, maxTotal: 1 });
  counter.enter('a');
  counter.leave('a');
  expect(counter.total).toBe(0);
  expect(counter.enter('a')).toBe(true);
});
