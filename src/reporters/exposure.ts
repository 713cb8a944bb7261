import {styleText} from 'node:util'
import type {Exposure} from '../engine/finding.ts'
import {formatExposure, levelOf} from '../security/index.ts'
import type {ExposureLevel} from '../security/index.ts'

const colors: Readonly<Record<ExposureLevel, 'red' | 'yellow' | 'green'>> = {
  DANGEROUS: 'red',
  UNSAFE: 'red',
  EXPOSED: 'yellow',
  MEDIUM: 'yellow',
  OK: 'green',
  SAFE: 'green',
  PERFECT: 'green',
}

/** Marks up text with a style, or leaves it alone. */
export type Paint = (style: 'red' | 'yellow' | 'green' | 'cyan' | 'bold', text: string) => string

/** Marks nothing up. */
export const unmarked: Paint = (_, text) => text

/**
 * Marks up if there are to be colours: that is decided by the caller alone, not by the environment.
 */
export function painter(color: boolean): Paint {
  return color ? (style, text) => styleText(style, text, {validateStream: false}) : unmarked
}

/**
 * Exposure in words, before and after fixes: `exposure 9.2 UNSAFE -> 1.6 OK after --fix (systemd
 * 252)`.
 */
export function exposureWords(
  {target, before, after}: Exposure,
  fixed: boolean,
  paint: Paint,
): string {
  const change =
    before === after ? '' : ` -> ${totalWords(after, paint)}${fixed ? '' : ' after --fix'}`
  return `exposure ${totalWords(before, paint)}${change} (${systemdNamed(target)})`
}

/** A target by its name, in words: `systemd 252`, `debian-12`. */
export function systemdNamed(name: string): string {
  return /^\d+$/.test(name) ? `systemd ${name}` : name
}

/** An exposure in tenths with its word, padded to a width: `9.2 UNSAFE`. */
export function totalWords(tenths: number, paint: Paint, width = 0): string {
  const level = levelOf(tenths)
  return paint(colors[level], `${formatExposure(tenths)} ${level.padEnd(width)}`)
}

/** Tenths as systemd shows them, to two places. */
export function hundredths(tenths: number): number {
  return Math.round(tenths * 10) / 100
}
