import type {Assignment} from '../unit.ts'

/** Whether systemd reads one assignment after another: the main file first, then drop-ins by file name (systemd.unit(5)). */
export function isAfter(a: Assignment, b: Assignment): boolean {
  if (a.file === b.file) return (a.directive.position.start.offset ?? 0) > (b.directive.position.start.offset ?? 0)
  if (a.file.role !== b.file.role) return b.file.role === 'fragment'
  return fileName(a) > fileName(b)
}

function fileName({file}: Assignment): string {
  return file.path.slice(Math.max(file.path.lastIndexOf('/'), file.path.lastIndexOf('\\')) + 1)
}
