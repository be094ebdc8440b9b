/** wx.requestMerchantTransfer: the receiver of a transfer sees what it is and takes it, or not. */
import { make } from '../dom.js'
import { person } from '../person.js'
import { askConsent } from '../shell/dialogs.js'
import { call, Refusal } from './call.js'

/** `{ person, mchId, appId, package, isConfirmed? }` → what is transferred. Only a service with the sandbox has it. */
const TRANSFERS = '/preview/transfers'

interface TransferOptions {
  mchId: string
  appId?: string
  package: string
}

interface Transfer {
  amountFen: number
  perception: string
  remark: string
  state: string
}

/** Says only that the receiver wanted it: whether it was paid, WeChat tells the merchant. */
async function requestMerchantTransfer({ mchId, appId, package: packageInfo }: TransferOptions): Promise<void> {
  for (const [name, value] of Object.entries({ mchId, appId, package: packageInfo })) {
    if (typeof value !== 'string' || value === '') throw new Refusal(`parameter error: ${name} should be String`)
  }
  const order = { person, mchId, appId, package: packageInfo }
  const transfer = await tell(order)
  const line = (label: string, value: string) => make('p', { class: 'mp-line' }, `${label}：${value}`)
  const isWanted = await askConsent({
    title: transfer.perception,
    text: `¥${(transfer.amountFen / 100).toFixed(2)}`,
    body: [line('转账备注', transfer.remark), line('收款方式', '零钱')],
    agree: '收款',
    refuse: '取消',
    answer: () => true,
  })
  if (!isWanted) throw new Refusal('cancel')
  await tell({ ...order, isConfirmed: true })
}

async function tell(order: object): Promise<Transfer> {
  const answer = await fetch(TRANSFERS, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(order),
  }).catch(() => undefined)
  if (!answer) throw new Refusal('network error')
  if (!answer.ok) throw new Refusal('package_info is invalid or expired')
  return (await answer.json()) as Transfer
}

export const paymentApis = {
  requestMerchantTransfer: call('requestMerchantTransfer', requestMerchantTransfer),
}
