import type { Page } from 'playwright-core';
import { waitFor } from '../../support/wait-for.ts';
import { firstPassword, type RunningHomeroom } from './running-homeroom.ts';

/** Notes when what a seat's card says of HDMI changes, by the wall clock, in the moment that the DOM has it. */
const watchCards = `
  window.seen = [];
  for (const card of document.querySelectorAll('.seat-card')) {
    const seat = card.getAttribute('aria-label');
    const isPlugged = () => !card.textContent.includes('nothing plugged in');
    let last = isPlugged();
    new MutationObserver(() => {
      if (isPlugged() === last) return;
      last = isPlugged();
      window.seen.push({ seat, isPlugged: last, atMs: performance.timeOrigin + performance.now() });
    }).observe(card, { childList: true, subtree: true, characterData: true });
  }`;

/** What a seat's card was seen to say. */
export interface CardChange {
  readonly seat: string;
  readonly isPlugged: boolean;
  readonly atMs: number;
}

/** Open the page of the first room as the teacher, with every seat on it, and watch it from now on. */
export async function watchRoomPage(page: Page, homeroom: RunningHomeroom, seats: number): Promise<void> {
  const { items } = await homeroom.ask('GET', '/rooms');
  await page.goto(`${homeroom.origin}/rooms/${items[0].id}`);
  await page.getByLabel('User name').fill('teacher');
  await page.getByLabel('Password').fill(firstPassword);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await waitFor('the room shows its seats', async () => {
    const cards = await page.locator('.seat-card').allTextContents();
    return cards.filter((card) => card.includes('LG TV')).length === seats;
  });
  await page.evaluate(watchCards);
}

/** Wait until the card of a seat has changed again. @returns the change, which is told once */
export function nextCardChange(page: Page): Promise<CardChange> {
  return waitFor('a card changes', () => page.evaluate<CardChange | undefined>('window.seen.shift()'));
}
