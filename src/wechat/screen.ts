/** What WeChat's content check means for a text an enterprise wrote: passed, held for an officer, or not to be had now. */
import { WechatError } from './problems.js'
import type { Wechat } from './client.js'

export type Screening = 'passed' | 'held' | 'pending'

/**
 * `pending`: WeChat could not judge (its two hours since the visit have passed, no openid); an officer releases it.
 * @throws WechatError retryable, when it is worth another try
 */
export async function screenText(
  wechat: Wechat,
  openid: string | null,
  content: string,
  title?: string,
): Promise<Screening> {
  if (openid === null) return 'pending'
  try {
    const { outcome } = await wechat.checkText({ openid, scene: 'comment', content, ...(title ? { title } : {}) })
    return outcome === 'pass' ? 'passed' : 'held'
  } catch (error) {
    if (error instanceof WechatError && !error.retryable) return 'pending'
    throw error
  }
}
