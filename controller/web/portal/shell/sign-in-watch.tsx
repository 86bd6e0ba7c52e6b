import { useEffect } from 'react';
import { useLiveStatus } from '../../shared/live/live-context.tsx';
import { useMe } from '../me/me-provider.tsx';

/** When the live changes break off, the sign-in may have ended: ask who is signed in. */
export function SignInWatch() {
  const status = useLiveStatus();
  const { refresh } = useMe();
  useEffect(() => {
    if (status === 'away') void refresh();
  }, [status, refresh]);
  return null;
}
