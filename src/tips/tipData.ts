/** The tips somebody told by name, as their own data. Erasing takes away who told them; the tips stay. */
import { In } from 'typeorm'
import type { OwnData } from '../people/ownData.js'
import { keepsInformer } from '../rewards/keepsInformer.js'
import { words } from '../words/words.js'
import { forgetInformer, identityOf, tipIdsOf } from './informers/store.js'
import { Tip } from './tip.js'

export const tipData: OwnData = {
  title: '实名举报',
  async read(db, { person, know }) {
    const ids = await tipIdsOf(db, know, person.id)
    if (ids.length === 0) return []
    const order = { receivedOn: 'ASC', number: 'ASC' } as const
    const tips = await db.find(Tip, { where: { id: In(ids) }, order })
    return Promise.all(
      tips.map(async (tip) => {
        const identity = await identityOf(db, know, tip.id)
        const isBound = await keepsInformer(db, tip.id)
        return {
          编号: tip.number,
          被举报单位: tip.firmName,
          内容: tip.text,
          收到日期: tip.receivedOn,
          状态: words.tipStates[tip.state],
          留下的姓名: identity?.name,
          留下的电话: identity?.phone,
          留下的身份证号: identity?.idNumber,
          ...(identity?.bank && { 银行账户: `${identity.bank.bankName} ${identity.bank.account}` }),
          ...(isBound && { 说明: '这件举报的奖励已经批准或发放，注销后您的信息仍加密保存，备查账' }),
        }
      }),
    )
  },
  /** Nothing of the tip itself is touched: its trail would say whose it was. */
  async erase(db, { person, know }) {
    for (const tipId of await tipIdsOf(db, know, person.id)) {
      if (!(await keepsInformer(db, tipId))) await forgetInformer(db, know, tipId)
    }
  },
}
