/** Every verb with its input and output: the one source of validation, of OpenAPI and of the mini-program's types. */
import type { z } from 'zod'
import { peopleContract } from './people/contract.js'

export const contract = {
  ...peopleContract,
}

export type Verb = keyof typeof contract
export type Input<V extends Verb> = z.output<(typeof contract)[V]['input']>
export type Output<V extends Verb> = z.input<(typeof contract)[V]['output']>
/** What a client sends and receives. */
export type Api = {
  [V in Verb]: { input: z.input<(typeof contract)[V]['input']>; output: z.output<(typeof contract)[V]['output']> }
}
