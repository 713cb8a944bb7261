/**
 * Whether a description tells of something that is done once, and then is done: `Update timezone
 * info`, `Sync time from ME`. What it runs ends, where a daemon stays; of a verb that both may
 * have, such as `Run`, nothing is known.
 */
export function isErrand(description: string): boolean {
  return errands.test(description) && !stays.test(description)
}

const stays = /\b(?:agent|balancer|bot|broker|client|daemon|loop|server|watcher|worker)\b/i

const errands =
  /^(?:apply|applies|calibrate|check|clean|clear|configure|copy|create|delete|detect|disable|enable|export|fetch|fix|generate|import|initiali[sz]e|install|load|mount|move|prepare|probe|register|remove|reset|resize|restore|save|set|setup|store|sync|synchroni[sz]e|trigger|unmount|update|upgrade|wait|write)s?\b/i
