/**
 * A question about an immutable thing: asked again of the same subject with the same keys, it has the same answer without the work.
 *
 * This is all the memory there is: an answer is kept as long as its subject is, and no longer.
 */
export function query<Subject extends object, Keys extends readonly unknown[], Answer>(
  work: (subject: Subject, ...keys: Keys) => Answer,
): (subject: Subject, ...keys: Keys) => Answer {
  const known = new WeakMap<Subject, Node<Answer>>()
  return (subject, ...keys) => {
    let node = known.get(subject)
    if (!node) known.set(subject, (node = {}))
    for (const key of keys) node = below(node, key)
    // What fails is asked again.
    // As many as the question has parameters.
    // oxlint-disable-next-line unitlint/no-spread-arguments
    node.answer ??= {is: work(subject, ...keys)}
    return node.answer.is
  }
}

/** What is known for the keys so far. */
interface Node<Answer> {
  answer?: {readonly is: Answer}
  byText?: Map<unknown, Node<Answer>>
  byObject?: WeakMap<object, Node<Answer>>
}

function below<Answer>(node: Node<Answer>, key: unknown): Node<Answer> {
  const isObject = (typeof key === 'object' && key !== null) || typeof key === 'function'
  const nodes = isObject ? (node.byObject ??= new WeakMap()) : (node.byText ??= new Map())
  // A map for objects is asked for objects alone.
  let next = (nodes as Map<unknown, Node<Answer>>).get(key)
  if (!next) (nodes as Map<unknown, Node<Answer>>).set(key, (next = {}))
  return next
}
