import path from 'node:path'
import {printableJson} from '../reporters/printable.ts'
import type {Main} from './attempt.ts'
import {severityWords} from '../config/severities.ts'
import {configFlags, configOptions} from './config-arguments.ts'
import {ownConfigs} from './own-configs.ts'
import {writeLine} from './io.ts'
import {onlyArgument} from './positionals.ts'

/**
 * `unitlint print-config FILE`: what all configs and options together say for a file, and where
 * each value is from, as JSON.
 */
export const printConfig: Main = {
  grammar: {usage: 'unitlint print-config FILE', options: configOptions},
  async run(given, io) {
    const file = path.resolve(io.cwd, onlyArgument(given.positionals, 'the name of a file'))
    const flags = configFlags(given, io)
    const config = await ownConfigs(flags, io.cwd)(path.dirname(file))
    const settings = config.settings(file)
    const shown = {
      config: config.file ?? null,
      isIgnored: config.isIgnored(file),
      targets: settings.targets,
      upTo: settings.upTo,
      manager: settings.manager,
      // All of them stand for the choice.
      profile:
        settings.profile && 'byKind' in settings.profile ? 'auto' : (settings.profile ?? null),
      rules: Object.fromEntries(
        settings.rules.map(({rule, severity, options}) => [
          rule.id,
          [severityWords[severity], options],
        ]),
      ),
      requireReasons: settings.requireReasons ?? false,
      safeOnly: settings.rules.flatMap(({rule, safeOnly}) => (safeOnly ? [rule.id] : [])),
      origins: config.origins(file),
    }
    await writeLine(io.stdout, printableJson(shown, 2))
    return 0
  },
}
