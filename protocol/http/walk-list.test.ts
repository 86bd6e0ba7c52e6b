import { expect, it } from 'vitest';
import { walkList } from './walk-list.ts';

it('asks for the pages one after the other, and keeps the query of the list', async () => {
  const asked: string[] = [];
  const pages = [
    { items: [1, 2], next: 'a+b' },
    { items: [3], next: null },
  ];
  const items = await walkList('/seats?room=1', async (path) => {
    asked.push(path);
    return pages[asked.length - 1] ?? { items: [], next: null };
  });
  expect(items).toEqual([1, 2, 3]);
  expect(asked).toEqual(['/seats?room=1&limit=200', '/seats?room=1&limit=200&after=a%2Bb']);
});

it('gives nothing for an empty list, and ends with a server that never does', async () => {
  expect(await walkList('/rooms', async () => ({ items: [], next: null }))).toEqual([]);
  expect(await walkList('/rooms', async () => ({ items: [1], next: 'again' }))).toHaveLength(1_000);
});
