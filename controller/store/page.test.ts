import { describe, expect, it } from 'vitest';
import { decodePosition, encodePosition, readPage } from './page.ts';

const row = (id: string, createdUs: number) => ({ id, page_us: createdUs, page_id: id });

function databaseWith(rows: unknown[]) {
  const asked: unknown[][] = [];
  return {
    asked,
    db: {
      query: async <Row>(_sql: unknown, values: readonly unknown[] = []) => {
        asked.push([...values]);
        return rows as Row[];
      },
    },
  };
}

const toItem = ({ id }: { id: string }) => id;

describe('a page of a list', () => {
  it('names the last record shown as the place where the next page begins', async () => {
    const { db, asked } = databaseWith([row('a', 1), row('b', 2), row('c', 3)]);
    const page = await readPage(db, { sql: 'x', values: ['v'], page: { limit: 2, after: null }, toItem });
    expect(page).toEqual({ items: ['a', 'b'], next: encodePosition({ createdUs: '2', id: 'b' }) });
    expect(asked).toEqual([['v', null, '', 3]]);
  });

  it('says that it is the last when nothing follows', async () => {
    const { db } = databaseWith([row('a', 1), row('b', 2)]);
    expect(await readPage(db, { sql: 'x', page: { limit: 2, after: null }, toItem })).toEqual({
      items: ['a', 'b'],
      next: null,
    });
  });

  it('gives the rows as they were selected, without where they stand', async () => {
    const { db } = databaseWith([{ ...row('a', 1), name: 'A' }]);
    const asItIs = (selected: object) => selected;
    const page = await readPage(db, { sql: 'x', page: { limit: 2, after: null }, toItem: asItIs });
    expect(page.items).toEqual([{ id: 'a', name: 'A' }]);
  });

  it('asks for what comes after the position', async () => {
    const { db, asked } = databaseWith([]);
    const after = { createdUs: '17', id: 'b' };
    expect(await readPage(db, { sql: 'x', page: { limit: 2, after }, toItem })).toEqual({
      items: [],
      next: null,
    });
    expect(asked).toEqual([['17', 'b', 3]]);
  });
});

describe('a position in a list', () => {
  it('comes back as it was', () => {
    const position = { createdUs: '1763667283123456', id: 'seat-1' };
    expect(decodePosition(encodePosition(position))).toEqual(position);
  });

  it.each([
    '',
    'x',
    '%%%',
    Buffer.from('12 ').toString('base64url'),
    Buffer.from('1; 2').toString('base64url'),
  ])('refuses %j', (text) => {
    expect(() => decodePosition(text)).toThrow('request_invalid');
  });
});
