import { tellSignInOver } from '@homeroom/web/shared/api/sign-in-over.ts';
import type { Fetched } from './pictures.ts';

const deadlineMs = 10_000;

/**
 * @returns what fetches a device's picture, decoded; it knows by ETag which one it gave last. Answers are never stored by the
 *   browser, so it asks by itself whether anything moved.
 */
export function pictureFetcher(): (device: string, signal: AbortSignal) => Promise<Fetched> {
  const etags = new Map<string, string>();
  return async (device, signal) => {
    try {
      const headers: Record<string, string> = {};
      const known = etags.get(device);
      if (known !== undefined) headers['If-None-Match'] = known;
      const deadline = AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]);
      const response = await fetch(`/api/v1/devices/${device}/snapshot`, { headers, signal: deadline });
      if (response.status === 304) return 'unchanged';
      etags.delete(device);
      if (response.status === 401) tellSignInOver();
      if (!response.ok) return 'none';
      const picture = await decoded(await response.blob());
      const etag = response.headers.get('ETag');
      if (etag !== null) etags.set(device, etag);
      return picture;
    } catch {
      // Late, ended, or not a picture: the next turn tries again.
      etags.delete(device);
      return 'none';
    }
  };
}

async function decoded(blob: Blob): Promise<Fetched> {
  const url = URL.createObjectURL(blob);
  const release = (): void => URL.revokeObjectURL(url);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return { url, release };
  } catch (caught) {
    release();
    throw caught;
  }
}
