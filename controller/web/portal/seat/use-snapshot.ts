import { useEffect, useState } from 'react';
import { tellSignInOver } from '../../shared/api/sign-in-over.ts';

/**
 * The kiosk's picture, renewed every `periodMs` while `isWanted`. One request at a time; a failed one is tried
 * again at the next turn. The old picture stays until the new one is decoded, so that nothing flickers.
 *
 * @returns an address for an image; undefined before the first
 */
export function useSnapshot(device: string, isWanted: boolean, periodMs: number): string | undefined {
  const [shown, setShown] = useState<string>();

  useEffect(() => {
    if (!isWanted) return undefined;
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      const next = await fetchPicture(device, abort.signal).catch(() => undefined);
      if (abort.signal.aborted) {
        if (next) URL.revokeObjectURL(next);
        return;
      }
      if (next) setShown(next);
      timer = setTimeout(() => void look(), periodMs);
    };
    void look();
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [device, isWanted, periodMs]);

  useEffect(() => (shown ? () => URL.revokeObjectURL(shown) : undefined), [shown]);
  return shown;
}

async function fetchPicture(device: string, signal: AbortSignal): Promise<string | undefined> {
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(10_000)]);
  const response = await fetch(`/api/v1/devices/${device}/snapshot`, { signal: deadline });
  if (response.status === 401) tellSignInOver();
  if (!response.ok) return undefined;
  const address = URL.createObjectURL(await response.blob());
  const image = new Image();
  image.src = address;
  await image.decode();
  return address;
}
