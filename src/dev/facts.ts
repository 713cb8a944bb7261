/** Make facts of the model anew from the tables in a folder: `npm run facts -- NAME FOLDER` calls `main([FOLDER])` of `facts-NAME.ts`. */
export async function main([name, ...args]: readonly string[]): Promise<void> {
  if (name === undefined) throw new Error('Expected the name of a generator and the folder with its tables')
  // Whatever is called facts-*.ts is such a module.
  const generator = (await import(`./facts-${name}.ts`)) as {main(args: readonly string[]): void | Promise<void>}
  await generator.main(args)
}
