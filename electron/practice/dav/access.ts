import { CALDAV, DAV, element, href } from '../xml/names.ts';

const d = (name: string, inner = ''): string => element(DAV, name, inner);

function ace(principal: string, privileges: readonly string[]): string {
  const granted = privileges.map((name) => d('privilege', d(name))).join('');
  return d('ace', d('principal', principal) + d('grant', granted) + d('protected'));
}

/**
 * The inner XML of DAV:acl (RFC 3744 §5.5): the owner and administrators may do all, others nothing; what has no owner
 * may be read by who is logged in. Every entry is protected: there is no ACL method.
 */
export function accessListOf(common: boolean, admins: readonly string[], readOnly: boolean): string {
  const read = ['read', 'read-acl', 'read-current-user-privilege-set'];
  if (common) return ace(d('authenticated'), read);
  const rights = readOnly ? read : ['all'];
  return ace(d('property', d('owner')), rights) + admins.map((path) => ace(href(path), rights)).join('');
}

const privilege = (ns: string, name: string, description: string, inner = ''): string => {
  const text = `<D:description xml:lang="en">${description}</D:description>`;
  return d('supported-privilege', d('privilege', element(ns, name)) + text + inner);
};

/** The inner XML of DAV:supported-privilege-set (RFC 3744 §5.3). */
export const SUPPORTED_PRIVILEGES = privilege(
  DAV,
  'all',
  'Everything',
  privilege(DAV, 'read', 'Read', privilege(CALDAV, 'read-free-busy', 'Read busy times')) +
    privilege(DAV, 'read-acl', 'Read who may do what') +
    privilege(DAV, 'read-current-user-privilege-set', 'Read what oneself may do') +
    privilege(
      DAV,
      'write',
      'Write',
      privilege(DAV, 'write-properties', 'Set properties') +
        privilege(DAV, 'write-content', 'Change objects') +
        privilege(DAV, 'bind', 'Add objects') +
        privilege(DAV, 'unbind', 'Delete objects'),
    ) +
    privilege(DAV, 'unlock', 'Unlock') +
    privilege(CALDAV, 'schedule-deliver', 'Deliver into the inbox') +
    privilege(CALDAV, 'schedule-send', 'Send from the outbox'),
);
