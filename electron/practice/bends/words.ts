import type { Fault } from '../http/faults.ts';
import { bendNamed, BENDS } from './bends.ts';
import { REQUESTS } from './requests.ts';

/**
 * A bend as the command line writes it: `REQUEST:NAME`, or `REQUEST:NAME:OBJECT` with a regular expression over the
 * name of the object that is meant. It holds for every such request. Throws an Error with a sentence for a person.
 */
export function bentBy(text: string): Fault {
  const [word = '', name = '', ...rest] = text.split(':');
  const request = REQUESTS.find((one) => one === word);
  if (request === undefined) {
    throw new Error(`--bend is REQUEST:NAME with a request of ${REQUESTS.join(', ')}, not "${text}".`);
  }
  const bend = bendNamed(name);
  if (bend?.requests.includes(request) !== true) {
    const names = BENDS.filter(({ requests }) => requests.includes(request)).map((one) => one.name);
    throw new Error(`--bend ${request}:NAME takes ${names.join(', ')}, not "${name}".`);
  }
  const object = rest.join(':');
  return { request, bend: name, count: 0, ...(object === '' ? {} : { object }) };
}
