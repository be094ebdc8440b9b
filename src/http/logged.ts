/** What the log calls a request: of those that say nothing of who and when, not even which it was. */
import type { Verb } from '../contract.js'
import { verbs } from '../verbs.js'

export const loggedVerb = (name: string): string =>
  Object.hasOwn(verbs, name) && verbs[name as Verb].isDiscreet ? 'discreet' : name
