/** Parameters of a recorded request made fresh, so that its rows can be written again; some stand in the body sent. */
import { randomBytes } from 'node:crypto'
import { v7 as uuid } from 'uuid'

const makers = {
  uuid: () => uuid(),
  hash: () => randomBytes(32).toString('hex'),
  number: () => `QZ20260101-${randomBytes(6).toString('hex')}`,
}

/** What one request's fresh values are, the same wherever the recorded request had the same. */
export function freshly(body) {
  const made = new Map()
  return (parameter) => {
    if (typeof parameter !== 'object' || parameter === null) return parameter
    if (parameter.given !== undefined) return body[parameter.given]
    if (parameter.date !== undefined) return new Date(parameter.date)
    if (!made.has(parameter.slot)) made.set(parameter.slot, makers[parameter.fresh]())
    return made.get(parameter.slot)
  }
}
