// What clerks and administrators do here, as a table: each line opens its page, some say how much waits.
import { call } from '../../../services/call'
import { countText, MOST } from '../../../services/counting'
import type { Hat } from '../../../services/hats'

export interface Duty {
  title: string
  hint: string
  url: string
  isTab?: true
  /** How many wait, as text; empty for none. */
  waiting?: () => Promise<string>
}

export const dutiesOf: Partial<Record<Hat, Duty[]>> = {
  clerk: [
    {
      title: '核实企业成员',
      hint: '谁是哪家企业的人',
      url: '/officer/members/index',
      waiting: async () => countText(await call('enterprise.members', { limit: MOST }), '人等核实'),
    },
    {
      title: '答复指南意见',
      hint: '读者的疑问、建议和指错',
      url: '/supervisor/comments/index',
      waiting: async () => countText(await call('guide.comments', { isAnswered: false, limit: MOST }), '条等答复'),
    },
    { title: '指南', hint: '起草、报审、备案、发布到哪一步了', url: '/supervisor/guides/index' },
    { title: '41项任务', hint: '每项数到了多少、凭什么', url: '/supervisor/indicators/index' },
    { title: '台账', hint: '国家、地方、利用外资三本', url: '/pages/projects/index', isTab: true },
  ],
  admin: [{ title: '留痕与任务', hint: '记录有没有被动过，后台任务有没有失败', url: '/supervisor/trail/index' }],
}
