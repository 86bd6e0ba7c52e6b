/** What Homeroom answered instead of what was asked for. */
class ApiError extends Error {
  /**
   * @param {{ status: number, code: string, detail: string, retryAfterS?: number | undefined }} problem
   */
  constructor({ status, code, detail, retryAfterS }) {
    super(detail);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.retryAfterS = retryAfterS;
  }
}

/**
 * @param {number} status
 * @param {string} text the body, a problem document (RFC 9457) unless something between us answered
 * @returns {ApiError}
 */
function apiErrorOf(status, text) {
  const problem = parse(text);
  const code = typeof problem.code === 'string' ? problem.code : `http_${status}`;
  const detail = problem.detail ?? problem.title ?? `Homeroom answered with ${status}`;
  return new ApiError({ status, code, detail: String(detail) });
}

function parse(text) {
  try {
    const parsed = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? parsed : {};
  } catch {
    // A page of a proxy, or nothing: the status says enough.
    return {};
  }
}

module.exports = { ApiError, apiErrorOf };
