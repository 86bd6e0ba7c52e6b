import type { ApiError } from '../../shared/api/api-error.ts';

const shown = 200;

/** What is wrong with a file, line by line; nothing of it was imported. */
export function ImportFaults({ error }: { error: ApiError }) {
  const more = error.faults.length - shown;
  return (
    <div className="notice" data-tone="bad" role="alert">
      <p>
        <strong>{error.title}</strong> {error.remedy}
      </p>
      {error.faults.length > 0 && (
        <ul className="import-faults">
          {error.faults.slice(0, shown).map(({ field, message }) => (
            <li key={`${field} ${message}`}>
              <strong>{field}</strong>: {message}
            </li>
          ))}
          {more > 0 && <li>… and {more} more</li>}
        </ul>
      )}
    </div>
  );
}
