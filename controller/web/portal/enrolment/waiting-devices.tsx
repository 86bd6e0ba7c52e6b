import type { Enrolment, Room, Seat } from '@homeroom/protocol';
import { useState } from 'react';
import { request } from '../../shared/api/request.ts';
import { useNow } from '../../shared/hooks/use-now.ts';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { agoWords } from '../../shared/words/time-words.ts';
import { useConfirm } from '../confirm/confirm-provider.tsx';
import { seatChoices } from '../devices/seat-choices.ts';
import { Empty } from '../shell/empty.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { useAction } from '../toasts/use-action.ts';
import { AcceptDialog } from './accept-dialog.tsx';

/** Devices that ask to come in, each with the code to compare. */
export function WaitingDevices() {
  const waiting = useResource<{ items: Enrolment[] }>('enrolments', { kinds: ['enrolment'] });
  const seats = useResource<{ items: Seat[] }>('seats', { kinds: ['seat', 'room'] });
  const rooms = useResource<{ items: Room[] }>('rooms', { kinds: ['room'] });
  const [accepting, setAccepting] = useState<Enrolment>();
  const choices = seatChoices(seats.value?.items ?? [], rooms.value?.items ?? []);

  return (
    <section className="section" aria-labelledby="waiting-title">
      <h2 id="waiting-title">Waiting at the door</h2>
      <ProblemNotice error={waiting.error} />
      {waiting.value?.items.length === 0 && (
        <Empty title="Nobody waits" icon="device">
          With “After approval”, a device that asks shows a code of six digits on its own screen and stands
          here with the same code.
        </Empty>
      )}
      <ul className="waiting-grid">
        {waiting.value?.items.map((enrolment) => (
          <WaitingDevice key={enrolment.id} enrolment={enrolment} onAccept={() => setAccepting(enrolment)} />
        ))}
      </ul>
      {accepting && (
        <AcceptDialog enrolment={accepting} choices={choices} onClose={() => setAccepting(undefined)} />
      )}
    </section>
  );
}

function WaitingDevice({ enrolment, onAccept }: { enrolment: Enrolment; onAccept: () => void }) {
  const now = useNow(10_000);
  const confirm = useConfirm();
  const declining = useAction();
  const name = enrolment.name ?? enrolment.device;
  const decline = async (): Promise<void> => {
    const isSure = await confirm({
      title: `Decline ${name}?`,
      text: 'It is turned away and stops asking until somebody starts it again.',
      confirmLabel: 'Decline it',
    });
    if (isSure)
      await declining.run(
        () => request('POST', `enrolments/${enrolment.id}`, { body: { accept: false } }),
        `${name} was declined.`,
      );
  };
  return (
    <li className="waiting card">
      <div>
        <strong>{name}</strong>
        <small>
          {enrolment.model}
          {enrolment.address && `, from ${enrolment.address}`}, asked {agoWords(enrolment.askedAt, now)}
        </small>
      </div>
      <p className="waiting-code" title="The same code must stand on the device’s screen">
        {enrolment.code.slice(0, 3)} {enrolment.code.slice(3)}
      </p>
      <div className="dialog-actions">
        <button
          type="button"
          className="button danger"
          disabled={declining.isBusy}
          onClick={() => void decline()}
        >
          Decline
        </button>
        <button type="button" className="button primary" onClick={onAccept}>
          Accept
        </button>
      </div>
    </li>
  );
}
