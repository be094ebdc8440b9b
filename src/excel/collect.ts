/**
 * Gives back what a large import or export has used. V8 lets garbage lie until the heap has grown to a multiple of what
 * is alive, which after some imports of 5 000 lines was 150 MB; nothing but asking for a collection changes that.
 */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collectNow = runInNewContext('gc') as () => void

/** Below this, the pause of some tens of milliseconds is not worth it. */
const LARGE = 1000

export function collect(lines: number): void {
  if (lines >= LARGE) collectNow()
}
