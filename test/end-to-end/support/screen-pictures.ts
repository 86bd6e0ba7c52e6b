import type { Page } from 'playwright-core';

/** Runs in a page. */
const draw = `(count) => Array.from({ length: count }, (_, index) => {
  const canvas = Object.assign(document.createElement('canvas'), { width: 400, height: 225 });
  const pen = canvas.getContext('2d');
  pen.fillStyle = 'hsl(' + ((index * 37) % 360) + ' 35% 40%)';
  pen.fillRect(0, 0, 400, 225);
  pen.fillStyle = '#fff';
  pen.fillRect(30, 20, 240, 185);
  pen.fillStyle = '#223344';
  pen.font = '20px sans-serif';
  pen.fillText('Essay, page ' + (index + 1), 44, 52);
  for (let line = 0; line < 8; line += 1) pen.fillRect(44, 72 + line * 15, 60 + ((index * 31 + line * 53) % 150), 5);
  return canvas.toDataURL('image/jpeg', 0.6).split(',')[1];
})`;

/** @returns a picture of a screen for each seat, no two alike, as base64 of a JPEG */
export function drawScreens(page: Page, count: number): Promise<string[]> {
  return page.evaluate<string[]>(`(${draw})(${count})`);
}
