import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { waitFor } from '../../support/wait-for.ts';
import { answerWith, KioskStage } from './stage.ts';

/** Goes to an address that tells what was done on it. */
const form = `<meta charset="utf-8"><style>body { margin: 0 } button { position: fixed; left: 50%; top: 50%; width: 50%; height: 50% }</style>
<form action="/sent"><input name="user" autofocus><input name="word" type="password"><input type="submit"></form>
<button onclick="location.href = '/clicked'">Click</button>
<script>
  const look = () => document.activeElement.name === 'user' ? fetch('/focused') : setTimeout(look, 10);
  look();
</script>`;
const { signal } = new AbortController();
let stage: KioskStage;
beforeAll(async () => {
  stage = await KioskStage.open();
  stage.answer = (_request, response) => answerWith(response, form);
  await stage.kiosk.start();
});
beforeEach(() => stage.kiosk.show(`${stage.origin}/form-${stage.visits.length}`));
afterAll(() => stage.end());

const untilAt = (path: string) =>
  waitFor(`the page is at ${path}`, () => stage.kiosk.status.url === `${stage.origin}${path}`);

it('types letters of any kind into the field that has the focus, and presses keys', async () => {
  const { kiosk } = stage;
  // A loaded page gives its field the focus with its next frame; a person waits for the cursor too.
  await stage.waitForVisit('/focused');
  await kiosk.type({ text: 'Zoë 1', key: 'Tab' }, signal);
  await kiosk.type({ text: 'xß', key: 'Backspace' }, signal);
  await kiosk.type({ key: 'Enter' }, signal);
  await untilAt('/sent?user=Zo%C3%AB+1&word=x');
});

it('clicks on what is there', async () => {
  await stage.kiosk.click({ x: 0.75, y: 0.75 }, signal);
  await untilAt('/clicked');
});

it('cannot type before there is a browser', async () => {
  const kiosk = stage.makeKiosk();
  await expect(kiosk.type({ text: 'a' }, signal)).rejects.toMatchObject({ code: 'kiosk_load_failed' });
});
