/** Every verb's server side. A verb of the contract without one does not compile. */
import type { Verb } from './contract.js'
import type { Served } from './http/serve.js'
import { peopleVerbs } from './people/verbs.js'

export const verbs: Record<Verb, Served> = {
  ...peopleVerbs,
}
