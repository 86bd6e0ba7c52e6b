import type { KioskView } from '@homeroom/protocol';
import { useEffect, useRef, useState } from 'react';
import { type ApiError, toApiError } from '../../shared/api/api-error.ts';
import { request } from '../../shared/api/request.ts';
import { Icon } from '../../shared/icons/icon.tsx';
import { messageOrigin } from './message-origin.ts';

/** Whoever types when it comes shall not confirm it by the next Enter. */
const settleMs = 1_200;

export interface MessageViewProps {
  readonly text: string;
  readonly message: NonNullable<KioskView['roomMessage']>;
}

/** What a teacher said to the room: it lies over everything until somebody here has read it. */
export function MessageView({ text, message }: MessageViewProps) {
  const { id } = message;
  const [isSettled, setSettled] = useState(false);
  const [isTelling, setTelling] = useState(false);
  const [error, setError] = useState<ApiError>();
  const button = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    // A receipt that is lost is made up for by the one for reading.
    request('POST', `kiosk/messages/${id}/shown`).catch(() => undefined);
    const timer = setTimeout(() => setSettled(true), settleMs);
    return () => clearTimeout(timer);
  }, [id]);
  useEffect(() => {
    if (isSettled) button.current?.focus();
  }, [isSettled]);

  const read = async (): Promise<void> => {
    setTelling(true);
    setError(undefined);
    try {
      // The change that it makes has the page look again.
      await request('POST', `kiosk/messages/${id}/read`);
    } catch (caught) {
      setError(toApiError(caught));
      setTelling(false);
    }
  };

  return (
    <div className="text-view message-view" role="alert">
      <Icon name="message" size={88} />
      <h1 data-is-long={text.length > 120}>{text}</h1>
      <p>{messageOrigin(message)}</p>
      <button
        ref={button}
        type="button"
        className="button primary message-read"
        disabled={!isSettled || isTelling}
        onClick={() => void read()}
      >
        Read
      </button>
      <p className="message-hint">{error ? error.title : 'Press Enter when you have read it.'}</p>
    </div>
  );
}
