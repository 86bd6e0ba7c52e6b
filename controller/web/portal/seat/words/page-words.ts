import type { Device } from '@homeroom/protocol';
import { sentence } from '../../../shared/words/problem-words.ts';
import type { Fact } from './tone.ts';

/** @returns which page the seat shows, and whether it is the one that it should show. */
export function pageFact({ desired, reported }: Pick<Device, 'desired' | 'reported'>): Fact {
  const label = 'Page';
  const kiosk = reported?.kiosk;
  if (!kiosk) return { label, words: 'not reported', tone: 'idle' };
  if (kiosk.state === 'absent') return { label, words: 'no browser on this device', tone: 'idle' };
  if (kiosk.error) return { label, words: errorWords(kiosk.error, desired.url), tone: 'bad' };
  if (kiosk.state === 'failed') return { label, words: 'could not be loaded', tone: 'bad' };
  if (kiosk.state === 'local') return { label, words: 'its own, the controller was away', tone: 'warn' };
  if (kiosk.url === null || kiosk.state === 'starting')
    return { label, words: 'browser is starting', tone: 'busy' };
  if (!isSamePage(kiosk.url, desired.url))
    return { label, words: `changing to ${nameOf(desired.url)}`, tone: 'busy' };
  return { label, words: nameOf(kiosk.url), tone: 'good' };
}

/** Why a page is not shown, and what stands there instead. */
function errorWords({ code, message }: { code: string; message: string }, url: string): string {
  if (code !== 'kiosk_url_not_allowed') return sentence(message);
  const site = URL.canParse(url) ? new URL(url).host : url;
  return `${site} is not shown: this device may show pages of Homeroom, and addresses that its own configuration allows. It shows what it showed before.`;
}

function nameOf(url: string): string {
  const path = pathOf(url);
  if (path.startsWith('/kiosk/')) return 'seat page';
  return path.startsWith('/desktop/') ? 'desktop' : url;
}

/** A page of the controller is wanted by its path, another by its whole address; the agent may report either. */
function isSamePage(shown: string, wanted: string): boolean {
  if (pathOf(shown) === pathOf(wanted)) return true;
  if (!wanted.startsWith('/') || !URL.canParse(shown)) return false;
  const { pathname, search, hash } = new URL(shown);
  return `${pathname}${search}${hash}` === wanted;
}

/** @returns the path of a seat's page or a desktop's, the whole address of any other. */
function pathOf(url: string): string {
  const match = /^https?:\/\/[^/]+(\/(?:kiosk|desktop)\/[^?#]*)/.exec(url);
  return match?.[1] ?? url;
}
