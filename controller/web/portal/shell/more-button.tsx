export interface MoreButtonProps {
  readonly shown: number;
  /** How many there are; undefined where nobody has counted. */
  readonly total?: number | undefined;
  readonly hasMore: boolean;
  readonly isBusy?: boolean;
  readonly onMore: () => void;
}

/** At the end of a long list: how much of it is shown, and the next part of it. */
export function MoreButton({ shown, total, hasMore, isBusy = false, onMore }: MoreButtonProps) {
  if (!hasMore) return null;
  return (
    <p className="more">
      <button type="button" className="button" disabled={isBusy} onClick={onMore}>
        Show more
      </button>
      <span role="status">
        {total === undefined ? `${shown} are shown.` : `${shown} of ${total} are shown.`}
      </span>
    </p>
  );
}
