import dns, { type SrvRecord } from 'node:dns';
import { Resolver } from 'node:dns/promises';
import { HushError, toFailure } from '../../../../shared/model/failure.ts';
import type { FoundServer, TriedPlace } from '../../../../shared/model/server.ts';
import { mailDomain } from '../../../../shared/text/address.ts';
import { propfindBody, XML_TYPE } from '../answers/propfind.ts';
import { connectionFailure } from '../transport/failures.ts';
import { createHttp, headerText } from '../transport/http.ts';
import type { Connection } from '../types.ts';

/** The two questions that are asked of DNS. */
export interface ServiceResolver {
  resolveSrv(name: string): Promise<readonly SrvRecord[]>;
  resolveTxt(name: string): Promise<readonly (readonly string[])[]>;
}

export interface FindOptions {
  readonly network?: Connection['network'] | undefined;
  readonly resolver?: ServiceResolver;
  readonly signal?: AbortSignal | undefined;
}

const WELL_KNOWN = '/.well-known/caldav';
const SERVICE = '_caldavs._tcp.';
const MAX_HOPS = 5;
const REDIRECTS = [301, 302, 303, 307, 308];

/**
 * The CalDAV server of a mail address (RFC 6764 §6): where SRV and TXT lead, then the well-known address of the mail domain,
 * then its root. Nobody logs in for it: which host gets the password is for a person to say, where it lies outside the mail
 * domain (§8).
 *
 * @throws HushError `URL_INVALID` for what is no mail address, `SERVER_NOT_FOUND` with all that was tried
 */
export async function findServer(address: string, options: FindOptions = {}): Promise<FoundServer> {
  const domain = mailDomain(address);
  if (domain === null) {
    throw new HushError({ code: 'URL_INVALID', message: `"${address}" is no mail address.`, reaction: 'fix-input' });
  }
  const tried: TriedPlace[] = [];
  for (const url of [
    ...(await ofDns(domain, options, tried)),
    `https://${domain}${WELL_KNOWN}`,
    `https://${domain}/`,
  ]) {
    const found = await lookAt(new URL(url), options, tried);
    if (found !== null) {
      const { hostname, href } = found;
      return { url: href, host: hostname, outside: hostname !== domain && !hostname.endsWith(`.${domain}`), tried };
    }
  }
  const places = tried.map(({ place, said }) => `${place}: ${said}`).join(' ');
  throw new HushError({
    code: 'SERVER_NOT_FOUND',
    message: `No calendar server was found for ${domain}. Enter its address. Tried were: ${places}`,
    reaction: 'fix-input',
  });
}

/** The places that SRV names, best first, each with the path of TXT, else at the well-known address. */
async function ofDns(
  domain: string,
  { resolver = systemResolver(), signal }: FindOptions,
  tried: TriedPlace[],
): Promise<readonly string[]> {
  const name = SERVICE + domain;
  const records = await resolver.resolveSrv(name).catch(() => []);
  if (signal?.aborted === true) throw new HushError({ code: 'STOPPED', message: 'Stopped.', reaction: 'stop-job' });
  // "." says that there is none (RFC 2782).
  const services = records.filter((one) => one.name !== '' && one.name !== '.');
  if (services.length === 0) {
    tried.push({ place: `DNS, SRV ${name}`, said: 'names no server.' });
    return [];
  }
  const texts = await resolver.resolveTxt(name).catch(() => []);
  const path = texts.map((parts) => /^path=(\/[^\s?#]*)$/i.exec(parts.join(''))?.[1]).find((one) => one !== undefined);
  return services
    .toSorted((one, other) => one.priority - other.priority || other.weight - one.weight)
    .map(({ name: host, port }) => `https://${host}:${port}${path ?? WELL_KNOWN}`)
    .filter((url) => URL.canParse(url));
}

/** The name servers of this process: those of the system, unless it was given others. */
function systemResolver(): ServiceResolver {
  const resolver = new Resolver({ timeout: 3000, tries: 2 });
  // By its object: Node binds this function anew when others are set.
  resolver.setServers(dns.getServers());
  return resolver;
}

/** Follows one place without a login; null where no CalDAV server shows. */
async function lookAt(start: URL, options: FindOptions, tried: TriedPlace[]): Promise<URL | null> {
  let at = start;
  const no = (said: string): null => {
    tried.push({ place: at.href, said });
    return null;
  };
  for (let hop = 0; hop < MAX_HOPS; hop += 1) {
    let answer;
    try {
      answer = await ask(at, options);
    } catch (error) {
      const failure = toFailure(error);
      if (failure.code === 'STOPPED' || failure.code.startsWith('TLS_') || failure.code.startsWith('PROXY_'))
        throw error;
      return no(failure.message);
    }
    if (!REDIRECTS.includes(answer.status)) {
      // It wants a login, or says what it is: a page for people does neither to a PROPFIND.
      if (answer.status !== 401 && answer.status !== 207) return no(`answers ${answer.status}.`);
      tried.push({ place: at.href, said: 'answers.' });
      return at;
    }
    const location = headerText(answer.headers, 'location');
    if (!URL.canParse(location, at.href)) return no('redirects to nowhere.');
    at = new URL(location, at.href);
    if (at.protocol !== 'https:') return no('is reached without encryption, which is refused.');
  }
  return no('redirects in a circle.');
}

async function ask(at: URL, { network, signal }: FindOptions) {
  const nobody = { url: at.href, user: '', password: () => Promise.resolve(''), concurrency: 1 };
  const http = createHttp(at.origin, network === undefined ? nobody : { ...nobody, network }, { signal });
  try {
    return await http.send({
      method: 'PROPFIND',
      path: at.pathname,
      headers: { depth: '0', 'content-type': XML_TYPE },
      body: propfindBody(['D:current-user-principal', 'D:resourcetype']),
      anonymous: true,
      followRedirects: false,
    });
  } catch (error) {
    throw connectionFailure(error, at.origin);
  } finally {
    await http.close();
  }
}
