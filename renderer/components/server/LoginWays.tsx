import { Checkbox, Textarea, TextInput } from '@mantine/core';
import type { JSX } from 'react';
import { DEFAULT_TEMPLATE, LOGIN_WAYS, type LoginWay } from '../../../shared/model/login.ts';
import { Folded } from './Folded.tsx';
import fields from '../fields.module.css';

/** How to log in, as typed. */
export interface WayDraft {
  readonly way: LoginWay;
  /** Whose calendars, where an administrator logs in: names with commas or lines between them; they may be found later. */
  readonly users: string;
  readonly template: string;
  readonly token: boolean;
}

export const OWN_WAY: WayDraft = { way: 'own', users: '', template: DEFAULT_TEMPLATE, token: false };

interface WayWords {
  readonly label: string;
  readonly hint: string;
}

const WAYS: Readonly<Record<LoginWay, WayWords>> = {
  own: { label: 'The user', hint: 'with a password of their own' },
  direct: {
    label: 'An administrator, directly',
    hint: 'SOGo, DAViCal: put {user} into the address where the name belongs, or search for users later',
  },
  'authorize-as': { label: 'An administrator, with Authorize-As', hint: 'Cyrus' },
  template: { label: 'Admin with combined login', hint: 'Stalwart' },
};

/** Nothing is missing that the way needs. */
export function isWhole({ way, template }: WayDraft): boolean {
  return way !== 'template' || (template.includes('{user}') && template.includes('{admin}'));
}

/** The less usual ways to log in, folded away until they are wanted. */
export function LoginWays({
  way,
  change,
}: {
  readonly way: WayDraft;
  readonly change: (way: WayDraft) => void;
}): JSX.Element {
  return (
    <Folded title="Sign-in options" isSet={way.way !== 'own' || way.token}>
      <fieldset>
        <legend className="small dim">Who logs in</legend>
        {LOGIN_WAYS.map((name) => (
          <label key={name} className={fields.choice}>
            <input
              type="radio"
              className={fields.radio}
              name="login-way"
              checked={way.way === name}
              onChange={() => {
                change({ ...way, way: name });
              }}
            />
            <span className={fields.label}>
              {WAYS[name].label} <span className={fields.hint}>{WAYS[name].hint}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {way.way !== 'own' && (
        <Textarea
          label="Users"
          description="Whose calendars: one name on each line. Leave it empty to search for them when you need them"
          rows={3}
          value={way.users}
          onChange={(event) => {
            change({ ...way, users: event.currentTarget.value });
          }}
        />
      )}
      {way.way === 'template' && (
        <TextInput
          label="Combined login"
          description="With places for {user} and {admin}"
          value={way.template}
          onChange={(event) => {
            change({ ...way, template: event.currentTarget.value });
          }}
        />
      )}
      <Checkbox
        label="Use an access token"
        description="In the place of a password"
        checked={way.token}
        onChange={(event) => {
          change({ ...way, token: event.currentTarget.checked });
        }}
      />
    </Folded>
  );
}
