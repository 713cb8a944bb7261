/**
 * A question about an immutable thing: asked again of the same subject with the same keys, it has
 * the same answer without the work.
 *
 * This is all the memory there is: an answer is kept as long as its subject is, and no longer.
 * Where several things have the same answers, `about` says which of them is asked.
 */
export function query<Subject extends object, Keys extends readonly unknown[], Answer>(
  work: (subject: Subject, ...keys: Keys) => Answer,
  about?: (subject: Subject) => Subject,
): (subject: Subject, ...keys: Keys) => Answer {
  const question = questions++
  return (given, ...keys) => {
    const subject = about ? about(given) : given
    const memory = Memory.of(subject)
    // Each question puts there what answers it alone.
    let node = memory.get(question) as KnownNode<Answer> | undefined
    if (!node) memory.set(question, (node = {}))
    for (const key of keys) node = below(node, key)
    // What fails is asked again.
    // As many as the question has parameters.
    // oxlint-disable-next-line unitlint/no-spread-arguments
    node.answer ??= {is: work(subject, ...keys)}
    return node.answer.is
  }
}

/**
 * The same about a part of a thing, on which alone the answer hangs: things that have the very same
 * part have the same answer.
 */
export function queryOf<Subject, Keys extends readonly unknown[], Answer>(
  part: (subject: Subject) => object,
  work: (subject: Subject, ...keys: Keys) => Answer,
): (subject: Subject, ...keys: Keys) => Answer {
  const kept = query((_part: object, ..._keys: Keys): {answer?: {readonly is: Answer}} => ({}))
  return (subject, ...keys) => {
    // As many as the question has parameters.
    // oxlint-disable-next-line unitlint/no-spread-arguments
    const place = kept(part(subject), ...keys)
    // oxlint-disable-next-line unitlint/no-spread-arguments
    place.answer ??= {is: work(subject, ...keys)}
    return place.answer.is
  }
}

let questions = 0

/** What is made of it is the thing that it is given. */
// oxlint-disable-next-line typescript/no-extraneous-class
class Given {
  constructor(given: object) {
    return given
  }
}

/**
 * What is known of a subject, kept in a private field of the subject itself: a copy has none of it.
 *
 * A weak map for each question would do the same, but for each answer that goes it has the
 * collector of garbage look twice.
 */
class Memory extends Given {
  readonly #answers = new Map<number, KnownNode<unknown>>()

  static of(subject: object): Map<number, KnownNode<unknown>> {
    return (#answers in subject ? subject : new Memory(subject)).#answers
  }
}

/** What is known for the keys so far. */
interface KnownNode<Answer> {
  answer?: {readonly is: Answer}
  byText?: Map<unknown, KnownNode<Answer>>
  byObject?: WeakMap<object, KnownNode<Answer>>
}

function below<Answer>(node: KnownNode<Answer>, key: unknown): KnownNode<Answer> {
  const isObject = (typeof key === 'object' && key !== null) || typeof key === 'function'
  const nodes = isObject ? (node.byObject ??= new WeakMap()) : (node.byText ??= new Map())
  // A map for objects is asked for objects alone.
  let next = (nodes as Map<unknown, KnownNode<Answer>>).get(key)
  if (!next) (nodes as Map<unknown, KnownNode<Answer>>).set(key, (next = {}))
  return next
}

/**
 * A question about what is large and need not be kept: only the answers that were asked for last
 * are there still; others are worked out again.
 *
 * The keys are texts. An answer may be asked for twice, so nothing may depend on its being the same
 * object.
 */
export function recent<Answer>(
  most: number,
  work: (key: string) => Answer,
): (key: string) => Answer {
  const known = new Map<string, {readonly is: Answer}>()
  return (key) => {
    const answer = known.get(key) ?? {is: work(key)}
    // The last one asked for is at the end.
    known.delete(key)
    known.set(key, answer)
    if (known.size > most)
      for (const oldest of known.keys()) return (known.delete(oldest), answer.is)
    return answer.is
  }
}
