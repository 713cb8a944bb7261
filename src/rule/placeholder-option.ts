import * as z from 'zod'

const defaults = {checkPlaceholders: true}

/**
 * The option of rules about values that systemd cannot read: whether what a template leaves open is
 * one of these.
 */
export const placeholderOption = {
  defaults,
  options: () =>
    z.strictObject({
      checkPlaceholders: z
        .boolean()
        .default(defaults.checkPlaceholders)
        .describe(
          'Judge placeholders of templates, such as `@user@` or `{{ user }}`, like any other text, and `%i` as one instance of no meaning',
        ),
    }),
}
