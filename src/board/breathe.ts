/** Lets others have their turn between two queries: the embedded driver answers without ever leaving the event loop. */
import { setImmediate } from 'node:timers/promises'

export const breathe = (): Promise<void> => setImmediate()
