/** A rule of our own for oxlint. */
const noSpreadArguments = {
  meta: {
    type: 'problem',
    messages: {
      spread:
        'Unexpected spread in the arguments of a call, expected a loop or an array: of 100,000 items the stack overflows',
    },
    schema: [],
  },
  /** @param {any} context */
  create(context) {
    /** @param {{arguments: {type: string}[]}} node */
    const look = (node) => {
      for (const argument of node.arguments)
        if (argument.type === 'SpreadElement') context.report({node: argument, messageId: 'spread'})
    }
    return {CallExpression: look, NewExpression: look}
  },
}

export default {meta: {name: 'unitlint'}, rules: {'no-spread-arguments': noSpreadArguments}}
