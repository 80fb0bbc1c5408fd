import type { Failure } from '../../../shared/model/failure.ts';

/** The field of a login form that a failure is about, by its code; null when it is about none of them. */
export function fieldOfFailure(failure: Failure): 'url' | 'user' | 'password' | null {
  const { code } = failure;
  if (/^(?:PROXY|CERTIFICATE)_/.test(code)) return null;
  if (/UNAUTHORIZED|CREDENTIAL|PASSWORD|LOGIN/.test(code)) return 'password';
  if (/FORBIDDEN|PRINCIPAL|USER/.test(code)) return 'user';
  if (/DNS|HOST|TLS|CERT|CONNECT|UNREACHABLE|REFUSED|TIMEOUT|CALDAV|HTML|URL|ADDRESS|NOT_FOUND|REDIRECT/.test(code))
    return 'url';
  return null;
}
