/** Whether systemd takes a text for a user or group: a number or a name (systemd.exec(5), "User="). */
export function isUserOrGroup(text: string): boolean {
  return /^[0-9]+$/.test(text) ? isUserNumber(text) : isRelaxedName(text)
}

/** Whether a text is a service name on the bus, such as `org.example.Name` (D-Bus specification, "bus names"). */
export function isBusName(text: string): boolean {
  return text.length <= 255 && /^[A-Za-z_-][A-Za-z0-9_-]*(?:\.[A-Za-z_-][A-Za-z0-9_-]*)+$/.test(text)
}

/** Whether a text is a host name: labels of letters, digits and inner hyphens, joined by dots, at most 64 characters. */
export function isHostName(text: string): boolean {
  return text.length <= 64 && /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*$/.test(text)
}

function isUserNumber(text: string): boolean {
  if (text.length > 10 || (text.length > 1 && text.startsWith('0'))) return false
  const number = Number(text)
  return number < 0xffff_ffff && number !== 0xffff
}

function isRelaxedName(text: string): boolean {
  if (text === '' || text === '.' || text === '..') return false
  return !/^[ \t]|[ \t]$|[:/\x00-\x1f\x7f]|^-[0-9]+$/.test(text)
}
