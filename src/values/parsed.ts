/**
 * What a line makes of a value; undefined for a line that systemd ignores, so that the earlier
 * value stays.
 */
export type Parsed<Value> = {readonly value: Value} | undefined
