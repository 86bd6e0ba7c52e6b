import type { AuditEntry } from '@homeroom/protocol';
import { expect, it } from 'vitest';
import { toCsv, toNdjson } from './audit-export.ts';

const entry: AuditEntry = {
  id: 7,
  at: '2026-01-01T00:00:00.000Z',
  actor: '=cmd|x',
  action: 'room.rename',
  subject: 'a "quoted", subject',
  details: null,
  before: { name: 'Lab' },
  after: { name: 'Hall' },
  address: null,
  sequence: 3,
  hash: 'abc',
};

async function* entries() {
  yield entry;
}

async function textOf(chunks: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const chunk of chunks) text += chunk;
  return text;
}

it('writes a line of JSON for each entry', async () => {
  expect(JSON.parse(await textOf(toNdjson(entries())))).toEqual(entry);
});

it('quotes what a spreadsheet would part, and disarms what it would run', async () => {
  const [head, line] = (await textOf(toCsv(entries()))).split('\r\n');
  expect(head).toBe('id,at,actor,action,subject,details,before,after,address,sequence,hash');
  expect(line).toBe(
    `7,2026-01-01T00:00:00.000Z,'=cmd|x,room.rename,"a ""quoted"", subject",,"{""name"":""Lab""}","{""name"":""Hall""}",,3,abc`,
  );
});
