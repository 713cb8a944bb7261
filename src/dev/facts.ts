/**
 * Make or keep facts of the model: `npm run facts -- NAME ARGUMENTS` calls `main(ARGUMENTS)` of
 * `facts-NAME.ts`.
 */
export async function main([name, ...args]: readonly string[]): Promise<void> {
  if (name === undefined)
    throw new Error('Expected the name of a generator and what it makes facts of')
  // Whatever is called facts-*.ts is such a module.
  const generator = (await import(`./facts-${name}.ts`)) as {
    main(args: readonly string[]): void | Promise<void>
  }
  await generator.main(args)
}
