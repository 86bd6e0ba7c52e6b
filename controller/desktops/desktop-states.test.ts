import { type DesktopState, desktopStates } from '@homeroom/protocol';
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
  const comesToGone = new Set<DesktopState>(['gone']);
  for (let round = 0; round < desktopStates.length; round += 1) {
    for (const state of desktopStates) {
      if (desktopMoves[state].some((next) => comesToGone.has(next))) comesToGone.add(state);
    }
  }
  expect(desktopStates.filter((state) => !comesToGone.has(state))).toEqual([]);
});

it('gives a desktop to nobody before it is ready', () => {
  expect(desktopStates.filter((state) => isDesktopMove(state, 'claimed'))).toEqual(['ready']);
});
