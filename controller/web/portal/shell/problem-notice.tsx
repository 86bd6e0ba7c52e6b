import type { ApiError } from '../../shared/api/api-error.ts';

/** Why a part of a page could not be fetched. */
export function ProblemNotice({ error }: { error: ApiError | undefined }) {
  if (!error) return null;
  return (
    <p className="notice" data-tone="bad" role="alert">
      <strong>{error.title}</strong> {error.remedy}
    </p>
  );
}
