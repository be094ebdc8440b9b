// Answers kept on the phone, for where there is no network.
import { Failure } from './failure'

/** From the server, kept; without a network what was kept the last time. @throws Failure when there is neither */
export async function keptOr<T>(name: string, fetch: () => Promise<T>): Promise<T> {
  try {
    const fresh = await fetch()
    wx.setStorageSync(`known.${name}`, fresh)
    return fresh
  } catch (error) {
    const kept = wx.getStorageSync<T | ''>(`known.${name}`)
    if (error instanceof Failure && error.isOffline && kept) return kept
    throw error
  }
}
