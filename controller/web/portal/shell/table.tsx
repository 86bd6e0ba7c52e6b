import type { ReactNode } from 'react';
import './table.css';

export interface TableProps {
  /** What the table tells, for who does not see it. */
  readonly label: string;
  readonly columns: readonly string[];
  /** Whether the last cell of each row holds what can be done with it. */
  readonly hasActions?: boolean;
  readonly className?: string;
  /** Rows. On a phone each cell stands on its own line, named by its `data-label`. */
  readonly children: ReactNode;
}

/** A table in its frame. */
export function Table({ label, columns, hasActions = false, className = '', children }: TableProps) {
  return (
    <div className="table-frame card">
      <table className={`table ${className}`} aria-label={label}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
            {hasActions && (
              <th scope="col" className="actions">
                <span className="visually-hidden">Actions</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
