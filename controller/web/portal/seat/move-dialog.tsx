import type { Room, Seat, Session } from '@homeroom/protocol';
import type { FormEvent } from 'react';
import { request } from '../../shared/api/request.ts';
import { useResource } from '../../shared/hooks/use-resource.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { SelectField } from '../../shared/ui/select-field.tsx';
import { ProblemNotice } from '../shell/problem-notice.tsx';
import { useAction } from '../toasts/use-action.ts';
import { freeSeats } from './free-seats.ts';

/** Take somebody's desktop to another seat; it goes on running meanwhile. */
export function MoveDialog({ session, onClose }: { session: Session; onClose: () => void }) {
  const seats = useResource<{ items: Seat[] }>('seats', { kinds: ['seat', 'session', 'room'] });
  const rooms = useResource<{ items: Room[] }>('rooms', { kinds: ['room'] });
  const moving = useAction();
  const isKnown = seats.value !== undefined && rooms.value !== undefined;
  const choices = freeSeats(seats.value?.items ?? [], rooms.value?.items ?? []);

  const move = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const seat = String(new FormData(event.currentTarget).get('seat'));
    const label = choices.find((choice) => choice.seat === seat)?.label ?? 'the seat';
    const isDone = await moving.run(
      () => request('POST', `sessions/${session.id}/move`, { body: { seat } }),
      `The desktop of ${session.username} goes to ${label}.`,
    );
    if (isDone) onClose();
  };
  return (
    <Dialog title={`Move ${session.username} to another seat`} onClose={onClose}>
      <ProblemNotice error={seats.error ?? rooms.error} />
      {isKnown && choices.length === 0 && (
        <p>No other seat is free: each has somebody on it, or has no device.</p>
      )}
      {choices.length > 0 && (
        <form className="form" onSubmit={(event) => void move(event)}>
          <p>The desktop goes on running; open programs and files stay as they are.</p>
          <SelectField label="Seat" name="seat" required data-autofocus>
            {choices.map((choice) => (
              <option key={choice.seat} value={choice.seat}>
                {choice.label}
              </option>
            ))}
          </SelectField>
          <div className="dialog-actions">
            <button type="button" className="button" onClick={onClose}>
              Cancel
            </button>
            <button type="submit" className="button primary" disabled={moving.isBusy}>
              Move
            </button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
