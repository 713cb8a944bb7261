import {writeSync} from 'node:fs'

/**
 * Put all bytes into an open file: the system may take a part of them at a time. Throws where it
 * takes no more.
 */
export function writeBytes(descriptor: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) {
    const written = writeSync(descriptor, bytes, done, bytes.length - done)
    if (written === 0) throw new Error('No more can be written')
    done += written
  }
}
