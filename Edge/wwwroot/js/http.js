import { ErrorCode, Refusal } from './wire.js';

const CodesByStatus = new Map([
  [400, ErrorCode.InvalidArgument],
  [401, ErrorCode.Unauthenticated],
  [403, ErrorCode.PermissionDenied],
  [404, ErrorCode.NotFound],
  [409, ErrorCode.AlreadyExists],
  [413, ErrorCode.TooLarge],
  [429, ErrorCode.RateLimited],
  [502, ErrorCode.Unavailable],
  [503, ErrorCode.Unavailable],
  [504, ErrorCode.DeadlineExceeded],
]);

const TimeLimit = 15_000;

/**
 * Sends a request: JSON both ways, unless a file is sent or received.
 * @param {string} method
 * @param {string} path
 * @param {{ body?: object | Blob, token?: string, asFile?: boolean, timeLimit?: number }} [options] `asFile`: the answer's body as a Blob
 * @returns {Promise<{ body: any, date: number }>} the answer, and the server's time of it
 * @throws {Refusal} with the server's code, or `unavailable` if there was no answer
 */
export async function http(method, path, { body, token, asFile = false, timeLimit = TimeLimit } = {}) {
  const isFile = body instanceof Blob;
  const headers = asFile ? {} : { accept: 'application/json' };
  if (body) headers['content-type'] = isFile ? 'application/octet-stream' : 'application/json';
  if (token) headers.authorization = `Bearer ${token}`;
  let response;
  let text;
  try {
    response = await fetch(path, {
      method,
      headers,
      body: body && !isFile ? JSON.stringify(body) : body,
      cache: asFile ? 'no-cache' : 'no-store', // a file may be cached, but the server decides each time whether it may be shown
      signal: AbortSignal.timeout(timeLimit),
    });
    if (asFile && response.ok) return { body: await response.blob(), date: dateOf(response) };
    text = await response.text();
  } catch (failure) {
    throw new Refusal(ErrorCode.Unavailable, failure.message);
  }

  const json = parse(text);
  if (response.ok) return { body: json ?? {}, date: dateOf(response) };
  const detail = type => json?.details?.find(each => each['@type'] === `type.googleapis.com/google.rpc.${type}`);
  throw new Refusal(
    detail('ErrorInfo')?.reason.toLowerCase() ?? CodesByStatus.get(response.status) ?? ErrorCode.Internal,
    json?.message,
    {
      // A duration is written as seconds: "1.5s".
      retryAfterMs: Number.parseFloat(detail('RetryInfo')?.retryDelay ?? response.headers.get('retry-after') ?? 0) * 1000,
      field: detail('BadRequest')?.fieldViolations[0].field,
      banReason: detail('ErrorInfo')?.metadata?.ban_reason,
    },
  );
}

function dateOf(response) {
  return Date.parse(response.headers.get('date') ?? '') || Date.now();
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null; // the answer of a proxy need not be JSON
  }
}
