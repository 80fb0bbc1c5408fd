import { Checkbox, TextInput } from '@mantine/core';
import { useState, type JSX } from 'react';
import type { RouteInput } from '../../../shared/ipc/contract.ts';
import type { LoginWay } from '../../../shared/model/login.ts';

/** How to log in, as typed. */
export interface WayDraft {
  readonly way: LoginWay;
  /** Whose calendars, where an administrator logs in. */
  readonly forUser: string;
  readonly template: string;
  readonly token: boolean;
}

export const OWN_WAY: WayDraft = { way: 'own', forUser: '', template: '{user}%{admin}', token: false };

interface WayWords {
  readonly label: string;
  readonly hint: string;
}

const WAYS: Readonly<Partial<Record<LoginWay, WayWords>>> = {
  own: { label: 'The user', hint: 'with a password of their own' },
  direct: {
    label: 'An administrator, directly',
    hint: 'SOGo, DAViCal: enter the place of the user’s calendars above',
  },
  'authorize-as': { label: 'An administrator, with Authorize-As', hint: 'Cyrus' },
  template: { label: 'Admin with combined login (Stalwart)', hint: 'Stalwart: made of both names' },
};

/** Nothing is missing that the way needs. */
export function isWhole({ way, forUser, template }: WayDraft): boolean {
  if (way === 'own') return true;
  return forUser.trim() !== '' && (way !== 'template' || (template.includes('{user}') && template.includes('{admin}')));
}

/** What the main process is told about it. */
export function wayInput({
  way,
  forUser,
  template,
  token,
}: WayDraft): Pick<RouteInput<'server.add'>, 'behalf' | 'credential'> {
  const behalf = { user: forUser.trim(), way, ...(way === 'template' ? { template } : {}) };
  return { ...(way === 'own' ? {} : { behalf }), ...(token ? { credential: 'token' as const } : {}) };
}

/** The less usual ways to log in, folded away until they are wanted. */
export function LoginWays({
  way,
  change,
}: {
  readonly way: WayDraft;
  readonly change: (way: WayDraft) => void;
}): JSX.Element {
  const [open, setOpen] = useState(false);
  return (
    <div className="more-ways">
      <button
        type="button"
        className="link"
        aria-expanded={open}
        onClick={() => {
          setOpen(!open);
        }}
      >
        Sign-in options
      </button>
      {open && (
        <div className="stack">
          <fieldset>
            <legend className="small dim">Who logs in</legend>
            {Object.entries(WAYS).map(([name, { label, hint }]) => (
              <label key={name} className="choice">
                <input
                  type="radio"
                  className="radio"
                  name="login-way"
                  checked={way.way === name}
                  onChange={() => {
                    const chosen = LOGIN_NAMES.find((known) => known === name);
                    if (chosen !== undefined) change({ ...way, way: chosen });
                  }}
                />
                <span className="label">
                  {label} <span className="hint">{hint}</span>
                </span>
              </label>
            ))}
          </fieldset>
          {way.way !== 'own' && (
            <TextInput
              label="Whose calendars"
              description="The user name that the administrator acts for"
              value={way.forUser}
              onChange={(event) => {
                change({ ...way, forUser: event.currentTarget.value });
              }}
            />
          )}
          {way.way === 'template' && (
            <TextInput
              label="Combined name"
              description="With places for {user} and {admin}"
              value={way.template}
              onChange={(event) => {
                change({ ...way, template: event.currentTarget.value });
              }}
            />
          )}
          <Checkbox
            label="Use an access token"
            description="Sent as Bearer (RFC 6750)"
            checked={way.token}
            onChange={(event) => {
              change({ ...way, token: event.currentTarget.checked });
            }}
          />
        </div>
      )}
    </div>
  );
}

const LOGIN_NAMES = ['own', 'direct', 'authorize-as', 'template'] as const;
