/** The words, the same for everybody: made ready once. */
import { districts } from '../districts.js'
import { readyBytes } from '../http/ready.js'
import { serve, type Ready } from '../http/serve.js'
import { words } from './words.js'

const answer = { ...words, districts: districts.map((district) => ({ ...district })) }
let made: Ready | undefined

export const wordVerbs = {
  'words.read': serve('words.read', {
    ready: () => (made ??= readyBytes(JSON.stringify(answer))),
    handle: async () => answer,
  }),
}
