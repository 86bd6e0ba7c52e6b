import { Icon } from '../../shared/icons/icon.tsx';

/** The passwords that an import made, to be saved: they are told this once. */
export function PasswordFile({ csv }: { csv: string }) {
  const save = (): void => {
    const url = URL.createObjectURL(new Blob(['\uFEFF', csv], { type: 'text/csv' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = 'homeroom-passwords.csv';
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <>
      <p>Save the passwords now, and hand them out: they are not shown again.</p>
      <button type="button" className="button primary" onClick={save}>
        <Icon name="page" size={18} /> Save the passwords
      </button>
    </>
  );
}
