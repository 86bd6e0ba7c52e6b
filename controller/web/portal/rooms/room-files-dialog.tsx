import { type FormEvent, useRef, useState } from 'react';
import { request } from '../../shared/api/request.ts';
import { Dialog } from '../../shared/ui/dialog.tsx';
import { TextField } from '../../shared/ui/text-field.tsx';
import { useAction } from '../toasts/use-action.ts';
import { RoundList } from './round-list.tsx';

/** A class's worksheet comes over slow lines, too. */
const sendWaitMs = 170_000;

/** Hand files out to the students of a room, and collect theirs. */
export function RoomFilesDialog({ room, onClose }: { room: string; onClose: () => void }) {
  return (
    <Dialog title="Files of the students" onClose={onClose} shape="wide">
      <HandOutForm room={room} />
      <CollectForm room={room} />
      <RoundList room={room} />
      <div className="dialog-actions">
        <button type="button" className="button" onClick={onClose}>
          Close
        </button>
      </div>
    </Dialog>
  );
}

function HandOutForm({ room }: { room: string }) {
  const files = useRef<HTMLInputElement>(null);
  const [folder, setFolder] = useState('Handouts');
  const { isBusy, run } = useAction();
  const handOut = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    for (const file of files.current?.files ?? []) {
      const query = new URLSearchParams({ name: file.name, folder });
      const send = () => request('POST', `rooms/${room}/handouts?${query}`, { file, waitMs: sendWaitMs });
      if (!(await run(send, `${file.name} is on its way.`))) return;
    }
    if (files.current) files.current.value = '';
  };
  return (
    <form className="form room-files" onSubmit={(event) => void handOut(event)}>
      <div className="field">
        <label htmlFor="hand-out-files">Hand out files</label>
        <input
          id="hand-out-files"
          ref={files}
          type="file"
          className="input"
          multiple
          required
          data-autofocus
        />
      </div>
      <TextField
        label="Into the folder"
        value={folder}
        onChange={(event) => setFolder(event.target.value)}
        maxLength={60}
        required
      />
      <button type="submit" className="button primary" disabled={isBusy}>
        {isBusy ? 'Sending…' : 'Hand out'}
      </button>
    </form>
  );
}

function CollectForm({ room }: { room: string }) {
  const [folder, setFolder] = useState('Hand in');
  const { isBusy, run } = useAction();
  const collect = (event: FormEvent): void => {
    event.preventDefault();
    const ask = () => request('POST', `rooms/${room}/collections`, { body: { folder } });
    void run(ask, 'The files are being collected.');
  };
  return (
    <form className="form room-files" onSubmit={collect}>
      <TextField
        label="Collect the folder"
        value={folder}
        onChange={(event) => setFolder(event.target.value)}
        maxLength={60}
        required
      />
      <button type="submit" className="button" disabled={isBusy}>
        Collect
      </button>
      <p className="hint">Students save in it, among their own files, what they hand in.</p>
    </form>
  );
}
