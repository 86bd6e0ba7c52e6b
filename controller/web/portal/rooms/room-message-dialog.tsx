import type { RoomMessage } from '@homeroom/protocol';
import { type FormEvent, useId, useState } from 'react';
import { request } from '../../shared/api/request.ts';
import { useNow } from '../../shared/hooks/use-now.ts';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { SelectField } from '../../shared/ui/select-field.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { useAction } from '../toasts/use-action.ts';
import { receiptWords } from './receipt-words.ts';

const shownAtMost = 5;
const spans = [
  { seconds: 60, label: '1 minute' },
  { seconds: 600, label: '10 minutes' },
  { seconds: 3600, label: '1 hour' },
] as const;

/** Say something to a room, and see who has read what was said. */
export function RoomMessageDialog({ room, onClose }: { room: string; onClose: () => void }) {
  const [text, setText] = useState('');
  const [forS, setForS] = useState<number>(600);
  const { isBusy, run } = useAction();
  const id = useId();
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const body = { text: text.trim(), forS };
    if (await run(() => request('POST', `rooms/${room}/message`, { body }), 'The message is on its way.'))
      setText('');
  };
  return (
    <Dialog title="Message to all seats" onClose={onClose}>
      <form className="form" onSubmit={(event) => void send(event)}>
        <div className="field">
          <label htmlFor={id}>Message</label>
          <textarea
            id={id}
            className="input"
            value={text}
            onChange={(event) => setText(event.target.value)}
            maxLength={500}
            required
            data-autofocus
          />
          <span className="hint">It lies over everything at a seat until somebody there has read it.</span>
        </div>
        <SelectField
          label="At the longest for"
          value={forS}
          onChange={(event) => setForS(Number(event.target.value))}
        >
          {spans.map(({ seconds, label }) => (
            <option key={seconds} value={seconds}>
              {label}
            </option>
          ))}
        </SelectField>
        <div className="dialog-actions">
          <button type="button" className="button" onClick={onClose}>
            Close
          </button>
          <button type="submit" className="button primary" disabled={isBusy || text.trim() === ''}>
            Send
          </button>
        </div>
      </form>
      <SentMessages room={room} />
    </Dialog>
  );
}

function SentMessages({ room }: { room: string }) {
  const { value, error } = useResource<{ items: RoomMessage[] }>(`rooms/${room}/messages`, {
    kinds: ['message'],
  });
  const { isBusy, run } = useAction();
  const now = useNow(10_000);
  return (
    <>
      <ProblemNotice error={error} />
      <ul className="room-record" aria-label="Messages so far">
        {value?.items.slice(0, shownAtMost).map((message) => (
          <li key={message.id}>
            <span>
              <strong>{message.text}</strong>
              <small>{receiptWords(message, now)}</small>
            </span>
            {message.withdrawnAt === null && new Date(message.expiresAt) > now && (
              <button
                type="button"
                className="button"
                disabled={isBusy}
                onClick={() => void run(() => request('DELETE', `messages/${message.id}`))}
              >
                Take it back
              </button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
