import { useNow } from '../shared/hooks/use-now.ts';

/** Hours and minutes, in the machine's own manner. */
export function Clock() {
  const now = useNow(1_000);
  const words = now.toLocaleTimeString(undefined, { hour: 'numeric', minute: '2-digit' });
  return (
    <time className="clock" dateTime={now.toISOString()}>
      {words}
    </time>
  );
}
