// What somebody should know before they tell of a violation.
import type { Output } from '../../services/api'

export const waysOf = () => [
  { title: '查进度', text: '凭回执上的编号和查询码', icon: 'search', url: '/tips/track/index' },
  { title: '我的举报', text: '留了姓名的，在这里看、领奖励', icon: 'user-list', url: '/tips/mine/index' },
]

/** As the bureau has set it; what is not confirmed yet stands beside it. */
export const rulesOf = ({ acceptWorkdays, concludeDays }: Output<'tip.settings'>): string[] => [
  '写清楚哪家单位、在哪里、什么时候、看到了什么，有照片更好。',
  `收到后 ${acceptWorkdays} 个工作日内告诉您受不受理，${concludeDays} 天内办结。`,
  '谁举报的，被举报的单位和办案的人都看不到。留了姓名的，只有奖励经办人核对时能看，看一次记一次。',
  '要奖励的，请留真实姓名和身份证号码。查实、处理以后，同一件事只奖最先举报的人。',
  '请照实说。编造事实、诬告别人，要负法律责任。',
]
