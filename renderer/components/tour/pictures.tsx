import type { JSX, ReactNode } from 'react';
import { classes } from '../classes.ts';
import styles from './tour.module.css';

/* Drawn in the colours of the theme; what they show stands as text below them. */

function Picture({ children }: { readonly children: ReactNode }): JSX.Element {
  return (
    <svg className={styles.picture} viewBox="0 0 240 140" aria-hidden focusable="false">
      {children}
    </svg>
  );
}

interface PersonProps {
  readonly x: number;
  readonly y: number;
  readonly tone: 'upd' | 'warn' | 'same';
}

function Person({ x, y, tone }: PersonProps): JSX.Element {
  return (
    <g className={styles[tone]} transform={`translate(${String(x)} ${String(y)})`}>
      <circle cx="0" cy="-7" r="6" />
      <path d="M-10 10 a10 9 0 0 1 20 0 z" />
    </g>
  );
}

function Mail({ x, y, off = false }: { readonly x: number; readonly y: number; readonly off?: boolean }): JSX.Element {
  return (
    <g
      className={off ? classes(styles.mail, styles.off) : styles.mail}
      transform={`translate(${String(x)} ${String(y)})`}
    >
      <rect x="-11" y="-8" width="22" height="16" rx="2.5" />
      <path d="M-11 -6 L0 2 L11 -6" />
      {off && <path className={styles.cross} d="M-13 10 L13 -10" />}
    </g>
  );
}

function CalendarSheet({ x, y }: { readonly x: number; readonly y: number }): JSX.Element {
  return (
    <g className={styles.sheet} transform={`translate(${String(x)} ${String(y)})`}>
      <rect x="-15" y="-14" width="30" height="29" rx="4" />
      <path d="M-15 -6 H15 M-7 -18 V-11 M7 -18 V-11" />
      <rect className={styles.new} x="-10" y="-1" width="8" height="6" rx="1.5" />
      <rect className={styles.new} x="2" y="5" width="8" height="6" rx="1.5" />
    </g>
  );
}

/** A server with people in it, and people outside to whom mail goes. */
export function SidesPicture(): JSX.Element {
  return (
    <Picture>
      <rect className={styles.server} x="12" y="16" width="126" height="108" rx="12" />
      <CalendarSheet x={75} y={48} />
      <Person x={43} y={100} tone="upd" />
      <Person x={75} y={100} tone="upd" />
      <Person x={107} y={100} tone="upd" />
      <path className={styles.line} d="M138 70 H196" />
      <Mail x={167} y={70} />
      <Person x={214} y={44} tone="warn" />
      <Person x={214} y={102} tone="warn" />
    </Picture>
  );
}

/** Four answers, and whom each of them reaches. */
export function ModesPicture(): JSX.Element {
  return (
    <Picture>
      {[0, 1, 2, 3].map((row) => {
        const y = 24 + row * 31;
        const inside = row === 1 || row === 3;
        const outside = row >= 2;
        return (
          <g key={row}>
            <rect
              className={row === 0 ? classes(styles.choice, styles.on) : styles.choice}
              x="14"
              y={y - 13}
              width="212"
              height="26"
              rx="8"
            />
            <circle className={row === 0 ? classes(styles.radio, styles.on) : styles.radio} cx="32" cy={y} r="6" />
            <Person x={86} y={y} tone={inside ? 'upd' : 'same'} />
            <Person x={150} y={y} tone={outside ? 'warn' : 'same'} />
            <Mail x={196} y={y} off={!outside} />
          </g>
        );
      })}
    </Picture>
  );
}

/** What was there is saved, and comes back. */
export function UndoPicture(): JSX.Element {
  return (
    <Picture>
      <CalendarSheet x={56} y={72} />
      <CalendarSheet x={184} y={72} />
      <path className={styles.line} d="M84 60 C105 42 135 42 156 60" />
      <path className={styles.line} d="M148 52 L157 61 L145 63" />
      <path className={classes(styles.line, styles.back)} d="M156 88 C135 106 105 106 84 88" />
      <path className={classes(styles.line, styles.back)} d="M92 96 L83 87 L95 85" />
      <rect className={styles.saved} x="98" y="62" width="44" height="24" rx="5" />
      <path className={styles.line} d="M110 74 l6 6 l13 -12" />
    </Picture>
  );
}
