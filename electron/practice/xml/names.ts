/** The namespaces this server speaks, with the prefixes it writes them with. */
export const DAV = 'DAV:';
export const CALDAV = 'urn:ietf:params:xml:ns:caldav';
export const CALENDARSERVER = 'http://calendarserver.org/ns/';
export const APPLE = 'http://apple.com/ns/ical/';
export const OWNCLOUD = 'http://owncloud.org/ns';
/** Preconditions that no RFC defines: the errors that the draft leaves open (see README). */
export const HUSHCAL = 'urn:hushcal:scheduling-controls';

const PREFIXES: ReadonlyMap<string, string> = new Map([
  [DAV, 'D'],
  [CALDAV, 'C'],
  [CALENDARSERVER, 'CS'],
  [APPLE, 'A'],
  [OWNCLOUD, 'O'],
  [HUSHCAL, 'H'],
]);

export const DECLARATIONS = [...PREFIXES].map(([uri, prefix]) => `xmlns:${prefix}="${uri}"`).join(' ');

export const key = (ns: string, name: string): string => `{${ns}}${name}`;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Escapes text for element content and attribute values; CR is kept as a reference so that no parser normalises it. */
export function escapeXml(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '\ufffd').replace(/[&<>"]/g, (c) => ESCAPES[c] ?? c);
}

/** Element content that keeps CR: an XML parser would turn CRLF into LF. */
export const escapeData = (text: string): string => escapeXml(text).replace(/\r/g, '&#13;');

/** An element with ready-made inner XML. */
export function element(ns: string, name: string, inner = ''): string {
  const prefix = PREFIXES.get(ns);
  if (prefix !== undefined)
    return inner === '' ? `<${prefix}:${name}/>` : `<${prefix}:${name}>${inner}</${prefix}:${name}>`;
  const open = ns === '' ? `${name} xmlns=""` : `X:${name} xmlns:X="${escapeXml(ns)}"`;
  const close = ns === '' ? name : `X:${name}`;
  return inner === '' ? `<${open}/>` : `<${open}>${inner}</${close}>`;
}

export const href = (path: string): string => `<D:href>${escapeXml(path)}</D:href>`;

export const XML_HEAD = '<?xml version="1.0" encoding="utf-8"?>\n';
