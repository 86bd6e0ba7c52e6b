import type { Device, Seat, Session, Template } from '@homeroom/protocol';
import { useState } from 'react';
import { useNow } from '../../shared/hooks/use-now.ts';
import { Link } from '../route/link.tsx';
import { connectionFact } from '../seat/words/connection-words.ts';
import { guestWords } from './guest-words.ts';
import { SeatDialog } from './seat-dialog.tsx';

export interface SeatRowProps {
  readonly seat: Seat;
  readonly room: string;
  readonly device: Device | undefined;
  readonly session: Session | undefined;
  readonly templates: readonly Template[];
  readonly isAdmin: boolean;
}

/** One seat: what stands there, and who sits there. */
export function SeatRow({ seat, room, device, session, templates, isAdmin }: SeatRowProps) {
  const now = useNow(10_000);
  const [isOpen, setOpen] = useState(false);
  const connection = device && connectionFact(device, now);
  return (
    <tr>
      <th scope="row">
        {seat.name}
        <small>
          <Link href={`/rooms/${seat.room}`}>{room}</Link>
        </small>
      </th>
      <td data-label="Device">
        {device && connection ? (
          <span>
            {device.name}{' '}
            <span className="badge" data-tone={connection.tone}>
              {connection.words}
            </span>
          </span>
        ) : (
          'none'
        )}
      </td>
      <td data-label="Used by">{session?.username ?? 'nobody'}</td>
      <td data-label="Guests">{guestWords(seat.guest, templates)}</td>
      {isAdmin && (
        <td className="actions">
          <button
            type="button"
            className="button"
            aria-label={`Change ${seat.name} in ${room}`}
            onClick={() => setOpen(true)}
          >
            Change
          </button>
          {isOpen && <SeatDialog seat={seat} templates={templates} onClose={() => setOpen(false)} />}
        </td>
      )}
    </tr>
  );
}
