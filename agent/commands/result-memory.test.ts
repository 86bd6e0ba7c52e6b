import { describe, expect, it } from 'vitest';
import { ResultMemory } from './result-memory.ts';

const result = (id: string) => ({ id, status: 'succeeded', data: {} }) as const;

describe('ResultMemory', () => {
  it('knows what runs and how it ended', () => {
    const memory = new ResultMemory();
    memory.begin('command-1');
    expect(memory.get('command-1')).toEqual({ state: 'running' });
    expect(memory.running).toBe(1);
    memory.end('command-1', result('command-1'));
    expect(memory.get('command-1')).toEqual({ state: 'ended', result: result('command-1') });
    expect(memory.running).toBe(0);
  });

  it('forgets the oldest that ended when it is full, never one that runs', () => {
    const memory = new ResultMemory(2);
    memory.begin('runs');
    for (const id of ['first', 'second']) {
      memory.begin(id);
      memory.end(id, result(id));
    }
    expect(memory.get('first')).toBeUndefined();
    expect(memory.get('second')?.state).toBe('ended');
    expect(memory.get('runs')?.state).toBe('running');
  });
});
