import { expect, test } from 'vitest';
import { z } from 'zod';
import { pushes, routes } from '../../shared/ipc/contract.ts';
import { secret } from '../../shared/ipc/route.ts';

interface Field {
  readonly name: string;
  readonly schema: z.core.$ZodType;
}

/** Every field that a schema has, however deep; a field's schema without what makes it optional. */
function fieldsOf(schema: z.core.$ZodType, name = '', seen = new Set<z.core.$ZodType>()): readonly Field[] {
  const own: Field = { name, schema };
  if (schema !== secret && seen.has(schema)) return [own];
  seen.add(schema);
  const within = (inner: z.core.$ZodType, called = name): readonly Field[] => fieldsOf(inner, called, seen);
  if (schema instanceof z.ZodObject) {
    const shape: Record<string, z.core.$ZodType> = schema.shape;
    return [own, ...Object.entries(shape).flatMap(([key, field]) => within(field, key))];
  }
  if (schema instanceof z.ZodArray) return [own, ...within(schema.element)];
  if (schema instanceof z.ZodRecord) return [own, ...within(schema.valueType)];
  if (schema instanceof z.ZodUnion) return [own, ...schema.options.flatMap((option) => within(option))];
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodReadonly) {
    return [own, ...within(schema.unwrap())];
  }
  return [own];
}

const isSecret = ({ schema }: Field): boolean => schema === secret;
/** Any text may stand there, and the name says that it is one that nobody may see. */
const soundsSecret = ({ name, schema }: Field): boolean =>
  /(?:password|secret|token|credential)s?$/i.test(name) && schema instanceof z.ZodString;

const carrying = Object.entries(routes).flatMap(([name, { input }]) => (fieldsOf(input).some(isSecret) ? [name] : []));

test('the routes that carry a secret inward', () => {
  expect(carrying).toEqual([
    'server.add',
    'server.edit',
    'server.find',
    'server.set_network',
    'server.set_password',
    'mapping.secret',
  ]);
});

test.each(Object.entries(routes))(
  '%s: what is called a secret is one, and none goes out',
  (_name, { input, output }) => {
    expect(fieldsOf(input).filter((field) => soundsSecret(field) && !isSecret(field))).toEqual([]);
    expect(fieldsOf(output).filter((field) => soundsSecret(field) || isSecret(field))).toEqual([]);
  },
);

test.each(Object.entries(pushes))('the push %s lets no secret out', (_name, schema) => {
  expect(fieldsOf(schema).filter((field) => soundsSecret(field) || isSecret(field))).toEqual([]);
});

test('a field is found however deep it lies', () => {
  const deep = z.strictObject({
    a: z.array(z.union([z.string(), z.strictObject({ b: secret.optional() })])).nullable(),
  });
  expect(fieldsOf(deep).some(isSecret)).toBe(true);
  expect(fieldsOf(z.strictObject({ authToken: z.string() })).some(soundsSecret)).toBe(true);
});
