/** Placeholders until the handlers are here. */
import type { Verb } from '../contract.js'
import { serve } from '../http/serve.js'
import { Problem } from '../problem.js'
import { tipContract } from './contract.js'

export const tipVerbs = Object.fromEntries(
  (Object.keys(tipContract) as Verb[]).map((verb) => [
    verb,
    serve(verb, {
      async handle() {
        throw new Problem('wrongState', { title: '还没有建好' })
      },
    }),
  ]),
) as unknown as Record<keyof typeof tipContract, ReturnType<typeof serve>>
