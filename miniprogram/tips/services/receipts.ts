// Receipts of tips: handed from page to page in memory, and kept on the phone only where the person asked for it.
import type { Output } from '../../services/api'

export interface Receipt {
  number: string
  code: string
}

interface Kept extends Receipt {
  submittedOn: string
}

const KEPT = 'tips.receipts'
let handed: Receipt | undefined

export const keptReceipts = (): Kept[] => wx.getStorageSync<Kept[]>(KEPT) || []

export function keepReceipt({ number, code, submittedOn }: Output<'tip.submit'>): void {
  const others = keptReceipts().filter((one) => one.number !== number)
  wx.setStorageSync(KEPT, [{ number, code, submittedOn }, ...others])
}

export function dropReceipt(number: string): void {
  const others = keptReceipts().filter((one) => one.number !== number)
  if (others.length > 0) wx.setStorageSync(KEPT, others)
  else wx.removeStorageSync(KEPT)
}

/** For the page that is opened next: a code never stands in an address. */
export function handOver(receipt: Receipt): void {
  handed = receipt
}

export function takeOver(): Receipt | undefined {
  const receipt = handed
  handed = undefined
  return receipt
}
