import { servePractice } from './practice/apart.ts';
import { parentChannel } from './processes/parent.ts';

// The practice server of the window, in a process of its own: what it is sent cannot hold the window, nor end it.
servePractice(parentChannel());
