import type { Device, Seat, Session } from '@homeroom/protocol';
import { useNow } from '../../shared/hooks/use-now.ts';
import { Icon } from '../../shared/icons/icon.tsx';
import { FactList } from './fact-list.tsx';
import { seatSummary } from './seat-summary.ts';
import { SeatTools } from './seat-tools.tsx';
import { Snapshot } from './snapshot.tsx';
import { connectionFact } from './words/connection-words.ts';
import { healthFact } from './words/health-words.ts';
import { inputFact } from './words/input-words.ts';
import { pageFact } from './words/page-words.ts';
import { relayFacts } from './words/relay-words.ts';
import { hdmiFact, televisionFact } from './words/screen-words.ts';
import type { Fact } from './words/tone.ts';
import './seat-card.css';

export interface SeatCardProps {
  readonly seat: Seat;
  readonly device: Device | undefined;
  readonly session: Session | undefined;
  readonly snapshotPeriodMs: number;
  readonly onDetails: () => void;
}

/** One seat, live. */
export function SeatCard({ seat, device, session, snapshotPeriodMs, onDetails }: SeatCardProps) {
  const now = useNow(10_000);
  const { words, tone } = seatSummary(device, session);
  return (
    <article className="seat-card card" data-tone={tone} aria-label={seat.name}>
      <header className="seat-card-head">
        <h2 title={seat.name}>{seat.name}</h2>
        <span className="badge" data-tone={tone}>
          {words}
        </span>
        {device && (
          <button
            type="button"
            className="button quiet square"
            aria-label={`Details of ${seat.name}`}
            onClick={onDetails}
          >
            <Icon name="details" />
          </button>
        )}
      </header>
      {device ? (
        <>
          <Snapshot device={device} periodMs={snapshotPeriodMs} />
          <p className="seat-card-person">
            <Icon name="person" size={18} />
            {session ? `${session.username} · ${session.template}` : 'Nobody sits here'}
          </p>
          {device.alerts.map((alert) => (
            <p key={alert.code} className="notice" data-tone="bad">
              {alert.message}
            </p>
          ))}
          <PageTrouble device={device} />
          <FactList facts={cardFacts(device, now)} />
          <SeatTools device={device} seat={seat} session={session} />
        </>
      ) : (
        <p className="seat-card-empty">
          No device is at this seat. Put one here on the Devices page, or enrol a new one with a join token
          for this room.
        </p>
      )}
    </article>
  );
}

/** Why the seat does not show its page, in full: the list of facts below has one line for it. */
function PageTrouble({ device }: { device: Device }) {
  const { words, tone } = pageFact(device);
  if (tone !== 'bad' || device.connection !== 'ready') return null;
  return (
    <p className="notice" data-tone="bad" role="status">
      {words}
    </p>
  );
}

function cardFacts(device: Device, now: Date): Fact[] {
  const relays = relayFacts(device.relays);
  const facts: (Fact | undefined)[] = [
    connectionFact(device, now),
    shortPageFact(device),
    hdmiFact(device.hdmi),
    televisionFact(device.cec),
    inputFact(device.input),
    healthFact(device.health),
    relays.length === 0 ? undefined : relaySummary(relays),
  ];
  const known = facts.filter((fact) => fact !== undefined);
  if (device.connection === 'ready') return known;
  // What an absent device reported last is neither good nor bad any more.
  return known.map((fact) => (fact.label === 'Connection' ? fact : { ...fact, tone: 'idle' }));
}

function shortPageFact(device: Device): Fact {
  const fact = pageFact(device);
  return fact.tone === 'bad' ? { ...fact, words: 'not as asked' } : fact;
}

function relaySummary(relays: readonly Fact[]): Fact {
  const tone = relays.find((relay) => relay.tone === 'bad')?.tone ?? 'good';
  return { label: 'Relays', words: relays.map(({ label, words }) => `${label}: ${words}`).join(', '), tone };
}
