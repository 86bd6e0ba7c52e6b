import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from './support/test-server.ts';

describe('pages', () => {
  let test: TestServer;
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'homeroom-pages-'));
    const webDir = join(dir, 'dist');
    await mkdir(join(webDir, 'assets'), { recursive: true });
    for (const name of ['index', 'kiosk', 'desktop'])
      await writeFile(join(webDir, `${name}.html`), `<p>${name}`);
    await writeFile(join(webDir, 'assets', 'app-abc123.js'), 'export {};');
    await writeFile(join(webDir, 'homeroom.svg'), '<svg/>');
    await writeFile(join(dir, 'secret.txt'), 'secret');
    test = await startTestServer({ webDir });
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
    await rm(dir, { recursive: true });
  });

  it.each([
    ['/', 'index'],
    ['/rooms/1', 'index'],
    ['/kiosk/seat-1', 'kiosk'],
    ['/desktop/5f0c0000-0000-4000-8000-000000000001', 'desktop'],
  ])('shows %s by the page %s, uncached and with a strict content security policy', async (path, name) => {
    const page = await test.fetch(path);
    expect([page.status, page.text, page.headers.get('cache-control')]).toEqual([
      200,
      `<p>${name}`,
      'no-cache',
    ]);
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(/script-src 'self'/);
    expect(policy).toContain(`frame-ancestors '${name === 'desktop' ? 'self' : 'none'}'`);
    expect(page.headers.get('x-frame-options')).toBe(name === 'desktop' ? 'SAMEORIGIN' : 'DENY');
    expect(policy).not.toMatch(/unsafe/);
  });

  it('lets hashed files be kept for ever, others be asked for again', async () => {
    const asset = await test.fetch('/assets/app-abc123.js');
    expect(asset.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(asset.headers.get('content-type')).toMatch(/javascript/);
    expect((await test.fetch('/homeroom.svg')).headers.get('cache-control')).toBe('no-cache');
  });

  it('serves what was built while it ran', async () => {
    await writeFile(join(dir, 'dist', 'assets', 'new-def456.js'), 'export {};');
    expect((await test.fetch('/assets/new-def456.js')).status).toBe(200);
  });

  it('does not answer for a missing asset with a page', async () => {
    expect((await test.fetch('/assets/old-000000.js')).problem().code).toBe('not_found');
  });

  it.each(['/assets/../../secret.txt', '/../secret.txt', '/assets/..%2f..%2fsecret.txt', '//secret.txt'])(
    'gives no file from outside for %s',
    async (path) => {
      const socket = connect(test.server.port, '127.0.0.1');
      socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
      let answer = '';
      socket.on('data', (chunk) => {
        answer += chunk;
      });
      await once(socket, 'close');
      expect(answer).toMatch(/^HTTP\/1.1 \d/);
      expect(answer).not.toMatch(/\r\nsecret/);
    },
  );
});

it('says how to build the pages while they are missing', async () => {
  await using test = await startTestServer();
  const page = await test.fetch('/');
  expect([page.status, page.text]).toEqual([503, expect.stringMatching(/npm run build/)]);
});
