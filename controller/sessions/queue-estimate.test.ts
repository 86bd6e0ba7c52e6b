import { expect, it } from 'vitest';
import { besideLessons, estimateWaitS, type QueueFacts } from './queue-estimate.ts';

const making = { medianS: 20, spreadS: 10, longestS: 60 };
const facts: QueueFacts = {
  ready: 0,
  onTheirWay: [],
  making,
  room: 0,
  atOnce: 100,
  certainEnds: [],
};

it('knows nothing where nothing is on its way, no room is left and no end is certain', () => {
  expect(estimateWaitS(facts, 1)).toBeNull();
});

it('knows nothing of a template that was never made', () => {
  expect(estimateWaitS({ ...facts, making: undefined, onTheirWay: [1], room: 5 }, 1)).toBeNull();
});

it('is no wait for who gets one that is ready', () => {
  expect(estimateWaitS({ ...facts, ready: 2 }, 2)).toBe(0);
  expect(estimateWaitS({ ...facts, ready: 2 }, 3)).toBeNull();
});

it('takes off what a desktop on its way has been made for already', () => {
  expect(estimateWaitS({ ...facts, onTheirWay: [5, 25] }, 1)).toBe(5);
  expect(estimateWaitS({ ...facts, onTheirWay: [5, 25] }, 2)).toBe(25);
});

it('promises nothing of one that takes longer than any before, or that tells an obstacle', () => {
  expect(estimateWaitS({ ...facts, onTheirWay: [45] }, 1)).toBe(15);
  expect(estimateWaitS({ ...facts, onTheirWay: [61] }, 1)).toBeNull();
  expect(estimateWaitS({ ...facts, onTheirWay: [Number.POSITIVE_INFINITY, 0] }, 2)).toBeNull();
});

it('counts on another maker where one is stuck', () => {
  const stuck = { ...facts, onTheirWay: [Number.POSITIVE_INFINITY], room: 1, atOnce: 2 };
  expect([1, 2].map((place) => estimateWaitS(stuck, place))).toEqual([30, null]);
  expect(estimateWaitS({ ...stuck, atOnce: 1 }, 1)).toBeNull();
});

it('counts on those that the pool has room for, in waves of as many as may be made at once', () => {
  const waves = { ...facts, room: 4, atOnce: 2 };
  expect([1, 2, 3, 4, 5].map((place) => estimateWaitS(waves, place))).toEqual([30, 30, 60, 60, null]);
});

it('lets a maker finish what it has begun first', () => {
  expect(estimateWaitS({ ...facts, onTheirWay: [10], room: 1, atOnce: 1 }, 2)).toBe(50);
});

it('counts on a session’s certain end, and on a desktop that is made after it', () => {
  expect(estimateWaitS({ ...facts, certainEnds: [600, 100] }, 1)).toBe(130);
  expect(estimateWaitS({ ...facts, certainEnds: [600, 100] }, 2)).toBe(630);
});

it('promises nothing of what the pool may make beside what is kept for lessons, but what is on its way', () => {
  const filled = { ...facts, ready: 3, room: 5, certainEnds: [100] };
  expect(estimateWaitS(besideLessons(filled, 3), 4)).toBeNull();
  expect(estimateWaitS(besideLessons({ ...filled, onTheirWay: [10] }, 3), 4)).toBe(20);
  expect(estimateWaitS(besideLessons(filled, 0), 4)).toBe(30);
});
