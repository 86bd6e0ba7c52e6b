import type { Device, SeatKey, Simulation } from '@homeroom/protocol';
import { type FormEvent, useRef, useState } from 'react';
import { request } from '../../shared/api/request.ts';
import { TextField } from '../../shared/ui/text-field.tsx';
import { Snapshot } from '../seat/snapshot.tsx';
import { useAction } from '../toasts/use-action.ts';

const otherKeys = ['Tab', 'Backspace', 'Escape'] as const satisfies readonly SeatKey[];

/** The seat's screen, with its keyboard and its mouse: what is typed and clicked here is typed and clicked there. */
export function SeatHands({ device }: { device: Device }) {
  const { isBusy, run } = useAction();
  const [text, setText] = useState('');
  const fieldRef = useRef<HTMLDivElement>(null);
  const isOff = device.connection !== 'ready';
  const simulate = (args: Simulation): Promise<boolean> =>
    run(() => request('POST', `devices/${device.id}/commands`, { body: { name: 'simulate', args } }));

  /** What stands in the field belongs before the key. */
  const type = async (key?: SeatKey): Promise<void> => {
    const isTyped = await simulate({ what: 'keyboard', text, ...(key && { key }) });
    if (isTyped) setText('');
    fieldRef.current?.querySelector('input')?.focus();
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isBusy) void type('Enter');
  };

  return (
    <>
      <Snapshot device={device} periodMs={1_000} onPick={(x, y) => void simulate({ what: 'mouse', x, y })} />
      <form className="form" onSubmit={submit}>
        <div ref={fieldRef}>
          <TextField
            label="Type on this seat’s keyboard"
            hint="What you write is typed there with the key that you press after it. A click on the picture clicks there."
            value={text}
            onChange={(event) => setText(event.target.value)}
            maxLength={200}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            disabled={isOff}
          />
        </div>
        <div className="simulator-keys">
          <button type="submit" className="button primary" disabled={isOff || isBusy}>
            Enter
          </button>
          {otherKeys.map((key) => (
            <button
              key={key}
              type="button"
              className="button"
              disabled={isOff || isBusy}
              onClick={() => void type(key)}
            >
              {key}
            </button>
          ))}
          <button
            type="button"
            className="button"
            disabled={isOff || isBusy || text === ''}
            onClick={() => void type()}
          >
            No key
          </button>
        </div>
      </form>
    </>
  );
}
