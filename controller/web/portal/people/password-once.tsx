import { SecretOnce } from './secret-once.tsx';

/** A password that was made, shown once, to be handed over. */
export function PasswordOnce({ username, password }: { username: string; password: string }) {
  return (
    <SecretOnce secret={password}>
      The password of <strong>{username}</strong>. Write it down or copy it now: it is not shown again.
    </SecretOnce>
  );
}
