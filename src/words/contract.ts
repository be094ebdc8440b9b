/** The Chinese words for the codes on the wire, for every page that shows them. */
import { z } from 'zod'
import { nothing, query } from '../wire.js'
import { words } from './words.js'

const names = z.record(z.string(), z.string())
const shape = Object.fromEntries(Object.keys(words).map((group) => [group, names])) as Record<
  keyof typeof words,
  typeof names
>

export const wordContract = {
  'words.read': query({
    summary: '各种代码的中文名称，和沈阳市的区县',
    input: nothing,
    output: z.strictObject({
      ...shape,
      /** Each with the branch that its requests reach. */
      districts: z.array(z.strictObject({ code: z.string(), name: z.string(), unitId: z.string() })),
    }),
    example: {},
  }),
}
