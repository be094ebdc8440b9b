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
    {
      title: '建议列入指南的问题',
      hint: '专家组和专员答过的难题',
      url: '/supervisor/questions/index',
      waiting: async () => countText(await call('guide.questions', { state: 'proposed', limit: MOST }), '个等处理'),
    },
    {
      title: '移交执法的清单',
      hint: '每月批复的环评，过了月底移交',
      url: '/supervisor/handovers/index',
      waiting: async () => countText(await call('handover.list', { states: ['open'], limit: MOST }), '份还没移交'),
    },
    { title: '推进会', hint: '安排、记录、核销定下的事', url: '/supervisor/meetings/index' },
    { title: '专班', hint: '市局和各分局的成员', url: '/officer/teams/index' },
    { title: '导入台账', hint: '从 Excel 导入，先检查再写入', url: '/supervisor/import/index' },
    { title: '台账', hint: '国家、地方、利用外资三本', url: '/pages/projects/index', isTab: true },
  ],
  enforcement: [
    {
      title: '移交执法的批复清单',
      hint: '审批部门每月移交，看过签收',
      url: '/supervisor/handovers/index',
      waiting: async () => countText(await call('handover.list', { awaitsMe: true, limit: MOST }), '份等签收'),
    },
    {
      title: '推进会交我办的事',
      hint: '到期前后都会提醒，办好报上来',
      url: '/supervisor/decisions/index?mine=1',
      waiting: async () =>
        countText(await call('decision.list', { scope: 'mine', states: ['open'], limit: MOST }), '件在办'),
    },
    { title: '请我会办的诉求', hint: '别的单位请执法队出意见的', url: '/pages/cases/index', isTab: true },
  ],
  admin: [{ title: '留痕与任务', hint: '记录有没有被动过，后台任务有没有失败', url: '/supervisor/trail/index' }],
}
