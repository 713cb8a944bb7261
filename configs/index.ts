import type {Config} from '../src/config/config.ts'
import all from './all.ts'
import auto from './auto.ts'
import backupJob from './backup-job.ts'
import database from './database.ts'
import hardened from './hardened.ts'
import monitoringAgent from './monitoring-agent.ts'
import networkDaemon from './network-daemon.ts'
import recommended from './recommended.ts'
import strict from './strict.ts'
import timerJob from './timer-job.ts'
import verify from './verify.ts'
import webService from './web-service.ts'
import worker from './worker.ts'

/** The built-in presets by name. */
export const presets: Readonly<Record<string, Config>> = {
  all,
  auto,
  'backup-job': backupJob,
  database,
  hardened,
  'monitoring-agent': monitoringAgent,
  'network-daemon': networkDaemon,
  recommended,
  strict,
  'timer-job': timerJob,
  verify,
  'web-service': webService,
  worker,
}
