import { expect, test } from 'vitest';
import { ObservedState } from './observed-state.ts';

test('tells a state once, however often it is seen', () => {
  const observed = new ObservedState<{ on: boolean }>();
  const told: unknown[] = [];
  observed.onChange((state) => told.push(state));
  observed.tell({ on: true });
  observed.tell({ on: true });
  observed.tell({ on: false });
  expect(told).toEqual([{ on: true }, { on: false }]);
  expect(observed.latest).toEqual({ on: false });
});

test('leaves out a listener that has gone, and keeps its twin', () => {
  const observed = new ObservedState<number>();
  const told: number[] = [];
  const listener = (state: number) => told.push(state);
  const leave = observed.onChange(listener);
  observed.onChange(listener);
  leave();
  leave();
  observed.tell(1);
  expect(told).toEqual([1]);
});

test('lets a listener leave while it is being told', () => {
  const observed = new ObservedState<number>();
  const told: string[] = [];
  const leave = observed.onChange(() => {
    told.push('first');
    leave();
  });
  observed.onChange(() => told.push('second'));
  observed.tell(1);
  observed.tell(2);
  expect(told).toEqual(['first', 'second', 'second']);
});
