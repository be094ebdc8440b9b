// Asks WeChat to let the person take a transfer. What it answers here is no payment yet: the server asks WeChat itself.
import type { Claim } from './claims'

type Transfer = NonNullable<NonNullable<Claim['payment']>['transfer']>

/** Not on a computer, nor in an old WeChat. */
export const canTransfer = (): boolean => wx.canIUse('requestMerchantTransfer')

/** `taken`: the person tapped 收款; `left`: they went back without; `refused`: WeChat did not open it. */
export type Answer = 'taken' | 'left' | 'refused'

export const askTransfer = ({ mchId, appId, package: packageInfo }: Transfer): Promise<Answer> =>
  new Promise((resolve) => {
    wx.requestMerchantTransfer({
      mchId,
      appId,
      package: packageInfo,
      success: () => resolve('taken'),
      fail: ({ errMsg }) => resolve(/cancel/.test(errMsg) ? 'left' : 'refused'),
    })
  })
