import type { CreateJoinTokenRequest, JoinTokenResource, Room } from '@homeroom/protocol';
import { type FormEvent, useState } from 'react';
import { request } from '../../shared/api/request.ts';
import { CheckField } from '../../shared/ui/check-field.tsx';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { SelectField } from '../../shared/ui/select-field.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { useAction } from '../toasts/use-action.ts';
import { TokenOnce } from './token-once.tsx';

const hourS = 3600;

/** Make a token; afterwards it is shown, this once. */
export function NewTokenDialog({ rooms, onClose }: { rooms: readonly Room[]; onClose: () => void }) {
  const [made, setMade] = useState<JoinTokenResource>();
  const making = useAction();
  const make = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const body = tokenRequest(new FormData(event.currentTarget));
    void making.run(async () => setMade(await request<JoinTokenResource>('POST', 'join-tokens', { body })));
  };
  if (made?.token)
    return (
      <Dialog title="Your join token" onClose={onClose}>
        <TokenOnce token={made.token} />
      </Dialog>
    );
  return (
    <Dialog title="Make a join token" onClose={onClose}>
      <form className="form" onSubmit={make}>
        <TextField
          label="Note"
          name="note"
          hint="What it is for; only for your list."
          maxLength={200}
          data-autofocus
        />
        <SelectField label="Room" name="room" defaultValue="">
          <option value="">no room: seats are given by hand</option>
          {rooms.map((room) => (
            <option key={room.id} value={room.id}>
              {room.name}
            </option>
          ))}
        </SelectField>
        <TextField
          label="How many devices"
          name="uses"
          type="number"
          min={1}
          max={10_000}
          placeholder="any number"
        />
        <SelectField label="Good for" name="expiresInS" defaultValue={String(24 * hourS)}>
          <option value={hourS}>1 hour</option>
          <option value={24 * hourS}>1 day</option>
          <option value={30 * 24 * hourS}>30 days</option>
          <option value="">until it is withdrawn</option>
        </SelectField>
        <CheckField
          label="They may run desktops"
          name="host"
          hint="For hosts: students’ work and files are placed on them. Without it you are asked for each."
        />
        <div className="dialog-actions">
          <button type="submit" className="button primary" disabled={making.isBusy}>
            Make it
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function tokenRequest(fields: FormData): CreateJoinTokenRequest {
  const text = (name: string): string => String(fields.get(name) ?? '').trim();
  return {
    ...(text('note') && { note: text('note') }),
    ...(text('room') && { room: text('room') }),
    ...(fields.has('host') && { host: true }),
    ...(text('uses') && { uses: Number(text('uses')) }),
    ...(text('expiresInS') && { expiresInS: Number(text('expiresInS')) }),
  };
}
