import type {Place} from './place.ts'
import type {z} from 'zod'
import type {Assignment} from '../unit/unit.ts'
import type {Change} from './change.ts'
import type {Occasion} from './on.ts'
import type {Unit} from './unit.ts'

/** Who may make a fix: `--fix`, `--fix --unsafe-fixes`, or only a person in an editor. */
export type Applicability = 'safe' | 'unsafe' | 'suggestion'

/** A way to mend a problem: made whole or not at all. */
export interface Fix {
  /** Imperative: what it does, for people. */
  readonly title: string
  readonly changes: readonly Change[]
  /**
   * As far as its author lets it go. How safe it is the engine decides by what it denies; this can
   * make that no safer. Default: `safe`.
   */
  readonly applicability?: Applicability | undefined
  /**
   * What the `data` of the message is in its place, where nothing is asked for beyond this fix, as
   * by presets that tell only of what is safe.
   */
  readonly data?: Readonly<Record<string, string | number>> | undefined
}

/** The names of the `{placeholders}` of a message. */
export type Placeholders<Message extends string> =
  Message extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholders<Rest> : never

type MessageData<Message extends string> = [Placeholders<Message>] extends [never]
  ? {readonly data?: never}
  : {readonly data: Readonly<Record<Placeholders<Message>, string | number>>}

/** A finding of a rule: which of its messages, filled with what, where, and how to mend it. */
export type Problem<
  Messages extends Readonly<Record<string, string>> = Readonly<Record<string, string>>,
> = {
  readonly [Id in keyof Messages & string]: {
    readonly message: Id
    /** An assignment stands for all of its key and value. */
    readonly at: Assignment | Place
    /** Of several the first that may be made is made; stronger ones come first. */
    readonly fix?: Fix | readonly Fix[] | undefined
    /** As how much it counts at most, where it is less than what the rule is about else. */
    readonly atMost?: 'warn' | 'info' | undefined
    /** One more sentence, shown when asked for. */
    readonly note?: string | undefined
    /**
     * Where the mistake was made, or shows as well: where another problem is told of one of
     * these places, as severely at least, this problem is the same told twice, and is left out.
     */
    readonly unlessTold?: ReadonlyArray<Assignment | Place> | undefined
    /** systemd does not load the unit for it: nothing is asked to harden it before that is mended. */
    readonly isRefusal?: true | undefined
  } & MessageData<Messages[Id]>
}[keyof Messages & string]

/**
 * A unit as a rule's example: the text, or with the file name that it would have, the target that
 * it is for, its permission bits, and the other units of the run by their names, which may be all
 * of a machine.
 */
export type Example =
  | string
  | {
      readonly name: string
      readonly unit: string
      readonly target?: string
      readonly mode?: number
      readonly others?: Readonly<Record<string, string>>
      readonly isComplete?: boolean
    }

/** An opinion about units; everything about it can be read without running it. */
export interface Rule<Options = unknown> {
  /** Kebab-case; the name of the file that holds it. */
  readonly id: string
  /** One imperative line. */
  readonly summary: string
  /** What goes wrong in the world without it. */
  readonly why: string
  /** When not to use it. */
  readonly unless?: string | undefined
  /** The directives that it is about; empty for rules about syntax. */
  readonly directives: readonly string[]
  /** When it has something to look at: it is not called for other units. Absent: for every unit. */
  readonly on?: Occasion | undefined
  /**
   * The directives that decide what it would fix, its own among them, where of lines that harden a
   * service no others do but those that imply these: it need not be asked again when others are
   * written. Empty: it fixes nothing. Absent: any may.
   */
  readonly fixesHangOn?: readonly string[] | undefined
  readonly options: z.ZodType<Options>
  /** The options that `options` makes of none; absent: it is asked. */
  readonly defaults?: Options | undefined
  /** By id; in words with `{placeholders}`. */
  readonly messages: Readonly<Record<string, string>>
  readonly examples: {readonly bad: readonly Example[]; readonly good: readonly Example[]}
  /** Yields what is wrong with the unit. Asks `unit`, changes nothing. */
  check(unit: Unit, options: Options): Iterable<Problem>
}

/** What `defineRule` takes: a rule whose messages `tsc` checks against what `check` yields. */
export interface RuleDefinition<
  Options,
  Messages extends Readonly<Record<string, string>>,
> extends Omit<Rule<Options>, 'messages' | 'check' | 'options' | 'directives'> {
  readonly directives?: readonly string[]
  /** The schema of its options, each with a default and a description. */
  readonly options?: () => z.ZodType<Options>
  readonly messages: Messages
  check(unit: Unit, options: Options): Iterable<Problem<Messages>>
}
