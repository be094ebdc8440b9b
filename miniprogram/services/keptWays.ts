// Results of the way finder that somebody kept on this phone, newest first, to be read again without a signal.
import type { Output } from './api'

export type Way = Output<'path.find'>

export interface KeptWay {
  /** The answers, as in an address: by these it is known. */
  address: string
  way: Way
  keptAt: number
}

const KEPT = 'ways.kept'
const MOST = 10

export const keptWays = (): KeptWay[] => wx.getStorageSync<KeptWay[]>(KEPT) || []

export const keptWay = (address: string): KeptWay | undefined => keptWays().find((one) => one.address === address)

export function keepWay(address: string, way: Way, now = Date.now()): void {
  const others = keptWays().filter((one) => one.address !== address)
  wx.setStorageSync(KEPT, [{ address, way, keptAt: now }, ...others].slice(0, MOST))
}

export function dropWay(address: string): void {
  wx.setStorageSync(
    KEPT,
    keptWays().filter((one) => one.address !== address),
  )
}
