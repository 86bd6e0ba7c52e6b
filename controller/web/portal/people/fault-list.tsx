const shown = 200;

/** What is wrong with a file, line by line. */
export function FaultList({ faults }: { faults: readonly { field: string; message: string }[] }) {
  const more = faults.length - shown;
  return (
    <ul className="import-faults">
      {faults.slice(0, shown).map(({ field, message }) => (
        <li key={`${field} ${message}`}>
          <strong>{field}</strong>: {message}
        </li>
      ))}
      {more > 0 && <li>… and {more} more</li>}
    </ul>
  );
}
