import { expect, test } from 'vitest';
import { streamUrl } from './stream-url.ts';

const expiresAt = '2026-03-02T10:00:00.000Z';

test('a path is resolved against the page, with a WebSocket’s scheme', () => {
  const ticket = { ticket: 't', url: '/desktop/1/stream?ticket=t', expiresAt };
  expect(streamUrl(ticket, 'https://homeroom.example/desktop/1')).toBe(
    'wss://homeroom.example/desktop/1/stream?ticket=t',
  );
  expect(streamUrl(ticket, 'http://127.0.0.1:8080/desktop/1')).toBe(
    'ws://127.0.0.1:8080/desktop/1/stream?ticket=t',
  );
});

test('the ticket is added where the address lacks it', () => {
  const ticket = { ticket: 'a b', url: '/desktop/1/stream', expiresAt };
  expect(streamUrl(ticket, 'http://localhost/desktop/1')).toBe('ws://localhost/desktop/1/stream?ticket=a+b');
});
