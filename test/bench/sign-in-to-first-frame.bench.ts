/** From pressing sign-in to the first pixels of a desktop, in a warm browser, from a ready pool. */
import { printBenchResult } from './figures.ts';
import { RunningHomeroom } from './support/running-homeroom.ts';
import { becomeKiosk, launchBrowser, type Timing, timeSigningIn } from './support/signing-in.ts';
import { quantile } from './support/statistics.ts';

const runs = 20;
const target = 'p95 ≤ 1,500 ms';

await using homeroom = await RunningHomeroom.start({ seats: 1 });
const browser = await launchBrowser();
try {
  const portal = await measure('/');
  const kiosk = await measure('/kiosk/seat-1', 'seat-1');
  printBenchResult({
    title: 'Sign-in to the first frame of a desktop',
    figures: [...figuresOf('portal', portal), ...figuresOf('kiosk page', kiosk)],
  });
} finally {
  await browser.close();
}

/** @param agent whose kiosk the browser is; absent for a person's own browser */
async function measure(path: string, agent?: string): Promise<Timing[]> {
  const context = await browser.newContext();
  if (agent) await becomeKiosk(context, homeroom, agent);
  const page = await context.newPage();
  // The first fills the browser's cache and makes the student's home.
  await timeSigningIn(page, homeroom, path);
  const timings: Timing[] = [];
  for (let run = 0; run < runs; run += 1) {
    const timing = await timeSigningIn(page, homeroom, path);
    process.stderr.write(`${path} ${Object.values(timing).map(Math.round).join(' ')}\n`);
    timings.push(timing);
  }
  await context.close();
  return timings;
}

function figuresOf(where: string, timings: readonly Timing[]) {
  const figure = (what: string, name: keyof Timing, share: number) => ({
    what: `${where}: sign-in to ${what}`,
    value: quantile(
      timings.map((timing) => timing[name]),
      share,
    ),
    unit: 'ms',
  });
  return [
    figure('first frame, p50', 'paintedMs', 0.5),
    { ...figure('first frame, p95', 'paintedMs', 0.95), target },
    figure('the desktop’s page, p50', 'openedMs', 0.5),
    figure('its stream, p50', 'connectedMs', 0.5),
  ];
}
