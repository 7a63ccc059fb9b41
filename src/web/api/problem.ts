import { STATUS_CODES } from 'node:http';

/** What is wrong with a request, as RFC 9457 has it; thrown by whoever finds it, answered in one place. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  /** Members beside those of the standard: what is wrong, one by one. */
  readonly more: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    detail: string,
    more: Readonly<Record<string, unknown>> = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail);
    this.status = status;
    this.more = more;
    this.headers = headers;
  }
}

export const PROBLEM_TYPE = 'application/problem+json';

/** Without a `type` of its own a problem is what its status says (RFC 9457, 4.2.1). */
export function describeProblem({ status, message, more }: Problem): Readonly<Record<string, unknown>> {
  return { type: 'about:blank', title: STATUS_CODES[status], status, detail: message, ...more };
}
