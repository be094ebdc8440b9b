/** Placeholders until the handlers are here. */
import type { Verb } from '../contract.js'
import { serve } from '../http/serve.js'
import { Problem } from '../problem.js'
import { rewardContract } from './contract.js'

export const rewardVerbs = Object.fromEntries(
  (Object.keys(rewardContract) as Verb[]).map((verb) => [
    verb,
    serve(verb, {
      async handle() {
        throw new Problem('wrongState', { title: '还没有建好' })
      },
    }),
  ]),
) as unknown as Record<keyof typeof rewardContract, ReturnType<typeof serve>>
