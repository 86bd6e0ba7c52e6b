import { desktopStates } from '@homeroom/protocol';
import { expect, it } from 'vitest';
import { desktopMoves, isDesktopMove } from './desktop-states.ts';

it('never lets a used desktop become ready again', () => {
  const reachable = new Set(['claimed']);
  for (const state of reachable) {
    for (const next of desktopMoves[state as keyof typeof desktopMoves]) reachable.add(next);
  }
  expect([...reachable]).toEqual(['claimed', 'deleting', 'gone']);
});

it('lets every state come to gone', () => {
  const comesToGone = (state: (typeof desktopStates)[number]): boolean =>
    state === 'gone' || desktopMoves[state].some(comesToGone);
  expect(desktopStates.filter((state) => !comesToGone(state))).toEqual([]);
});

it('knows no short cut from making to use', () => {
  expect(isDesktopMove('creating', 'claimed')).toBe(false);
  expect(isDesktopMove('ready', 'claimed')).toBe(true);
});
