/**
 * A span of time in microseconds as systemd writes it: `1h 30min`, `400.020ms`, `0`, `infinity`.
 */
export function timeSpanText(span: bigint | 'infinity'): string {
  if (span === 'infinity') return span
  const parts: string[] = []
  let left = span
  for (const [unit, length] of units) {
    if (left < length) continue
    const rest = left % length
    // Below a minute, one unit with decimals is enough.
    const decimals =
      left < minute && rest > 0n ? `.${String(rest).padStart(String(length).length - 1, '0')}` : ''
    parts.push(`${left / length}${decimals}${unit}`)
    if (decimals !== '') break
    left = rest
  }
  return parts.join(' ') || '0'
}

const minute = 60_000_000n

const units = [
  ['y', 31_557_600_000_000n],
  ['month', 2_629_800_000_000n],
  ['w', 604_800_000_000n],
  ['d', 86_400_000_000n],
  ['h', 3_600_000_000n],
  ['min', minute],
  ['s', 1_000_000n],
  ['ms', 1000n],
  ['us', 1n],
] as const
