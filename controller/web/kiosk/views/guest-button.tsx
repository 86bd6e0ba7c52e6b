import type { GuestStart, KioskGuest } from '@homeroom/protocol';
import { useState } from 'react';
import { type ApiError, toApiError } from '../../shared/api/api-error.ts';
import { csrfToken } from '../../shared/api/csrf-token.ts';
import { request } from '../../shared/api/request.ts';
import { guestWords } from './guest-words.ts';

export interface GuestButtonProps {
  readonly guest: KioskGuest;
  /** Called with the address of the desktop that was started; while it waits, the seat shows that by itself. */
  readonly onOpened: (url: string) => void;
}

/** For whoever has no account: one desktop, whose files go with it. */
export function GuestButton({ guest, onOpened }: GuestButtonProps) {
  const [isStarting, setStarting] = useState(false);
  const [error, setError] = useState<ApiError>();
  const start = async (): Promise<void> => {
    setStarting(true);
    setError(undefined);
    try {
      const { session, csrfToken: token } = await request<GuestStart>('POST', 'kiosk/guest');
      csrfToken.keep(token);
      if (session.state !== 'waiting') onOpened(session.url);
    } catch (caught) {
      setError(toApiError(caught));
      setStarting(false);
    }
  };
  return (
    <div className="guest">
      <button type="button" className="button" disabled={isStarting} onClick={() => void start()}>
        {isStarting ? 'Starting…' : 'Start without an account'}
      </button>
      <p>{guestWords(guest)}</p>
      <p className="sign-in-fault" role="alert">
        {error && `${error.title} ${error.remedy ?? ''}`}
      </p>
    </div>
  );
}
