/** A rule that complains of each node of these kinds for which the test holds. */
const forbid = (message, kinds, holds = () => true) => ({
  create: (context) =>
    Object.fromEntries(
      kinds.map((kind) => [kind, (node) => (holds(node) ? context.report({ node, message }) : undefined)]),
    ),
});

/** The rules of this house that no linter brings along. */
export default {
  meta: { name: 'house' },
  rules: {
    'export-by-name': forbid(
      'Export by name.',
      ['ExportDefaultDeclaration', 'ExportSpecifier'],
      (node) => node.type === 'ExportDefaultDeclaration' || node.exported.name === 'default',
    ),
    'no-enum': forbid('Use a union of string literals.', ['TSEnumDeclaration']),
    'no-parameter-property': forbid('Node cannot strip it: write the field out.', ['TSParameterProperty']),
    'private-name': forbid(
      'A private member is called #name.',
      ['PropertyDefinition', 'MethodDefinition'],
      (node) => node.accessibility === 'private' && node.kind !== 'constructor',
    ),
    'no-module-mock': forbid(
      'Files of a process share their modules: one that is loaded keeps what it imported. Spy on the builtin, or take a port.',
      ['CallExpression'],
      ({ callee }) =>
        callee.type === 'MemberExpression' &&
        callee.object.name === 'vi' &&
        ['mock', 'doMock'].includes(callee.property.name),
    ),
    'tick-and-wait': forbid(
      'Call tick() of e2e/harness/steps.ts: a box follows when another process has answered, and check() does not wait.',
      ['CallExpression'],
      ({ callee, arguments: args }) =>
        callee.type === 'MemberExpression' &&
        ['check', 'uncheck', 'setChecked'].includes(callee.property.name) &&
        args.length === 0,
    ),
  },
};
