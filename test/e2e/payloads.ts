/** What the mini-program hands to its templates: WeChat carries each `setData` as JSON, and a large one is felt. */
import type { Phone } from './stage.js'

/** As the mini-program's README has it. */
export const MOST_BYTES = 50 * 1024

export interface Payload {
  /** The page or component that set it. */
  of: string
  /** JSON in UTF-8. */
  bytes: number
  paths: string
}

interface Instance {
  is: string
  setData(this: Instance, values: object, done?: () => void): void
}
interface Heard {
  getCurrentPages(): Instance[]
  heardPayloads?: Payload[]
}

/** From now on every `setData` on the phone is measured. To be called once a page is open: all share one `setData`. */
export async function listenToData({ page }: Phone): Promise<void> {
  await page.evaluate(() => {
    const heard = globalThis as unknown as Heard
    let proto: object = heard.getCurrentPages()[0] ?? {}
    while (!Object.hasOwn(proto, 'setData')) proto = Object.getPrototypeOf(proto) as object
    const one = proto as Instance
    const { setData } = one
    const payloads: Payload[] = []
    heard.heardPayloads = payloads
    one.setData = function (values, done) {
      const { length } = new TextEncoder().encode(JSON.stringify(values))
      payloads.push({ of: this.is, bytes: length, paths: Object.keys(values).join(' ').slice(0, 100) })
      return setData.call(this, values, done)
    }
  })
}

/** What was set since it was last asked. */
export const heardData = ({ page }: Phone): Promise<Payload[]> =>
  page.evaluate(() => (globalThis as unknown as Heard).heardPayloads?.splice(0) ?? [])
