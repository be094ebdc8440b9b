/** HOW LONG IS WHAT KEPT: a table the bureau could sign. Every time after which something is forgotten stands here, and only here. */

export interface Kept {
  /** In the words of whoever signs it. */
  what: string
  /** Days after `since`; null: no program removes it. */
  days: number | null
  since: string
  /** What removes it: a job of jobs.ts, or a file of deploy/. */
  by: string
  /** Where the time comes from; 本软件自定 until the bureau says otherwise. */
  source: string
  confirmed: boolean
}

const PIPL_19 = '《个人信息保护法》第十九条：保存期限应当为实现处理目的所必要的最短时间'
const PIPL_47 = '《个人信息保护法》第四十七条：处理目的已实现、保存期限已届满、个人撤回同意等情形，应当主动删除'
const OWN = '本软件自定'

export const retention = {
  trail: {
    what: '操作留痕和每日封存（谁在什么时候做了什么）',
    days: null,
    since: '写下',
    by: '不删。以后归档或删除由市局决定，至少留一年',
    source: `${OWN}：不少于一年，没有找到专门规定`,
    confirmed: false,
  },
  cases: {
    what: '诉求、上门服务、项目、窗口办件、推进会、清单、超标线索',
    days: null,
    since: '办结',
    by: '不删。是机关的工作记录，按档案管理规定由市局决定',
    source: `${OWN}，档案保管期限待市局确定`,
    confirmed: false,
  },
  money: {
    what: '举报奖励的认定、审批、资金台账、转账和对账（不含发给了谁）',
    days: null,
    since: '办结',
    by: '不删。是会计档案，保管期限按《会计档案管理办法》由市局财务确定',
    source: `${OWN}，会计档案保管期限待市局确定`,
    confirmed: false,
  },
  payNotices: {
    what: '微信支付的回调编号（防止重复）',
    days: 400,
    since: '收到',
    by: 'payout.forgetNotices',
    source: `${OWN}：一年多，微信支付的回调最长隔一天多`,
    confirmed: false,
  },
  tips: {
    what: '举报（不含是谁举报的）和谁看过举报人信息',
    days: null,
    since: '办结',
    by: '不删。是机关的工作记录，按档案管理规定由市局决定',
    source: `${OWN}，档案保管期限待市局确定`,
    confirmed: false,
  },
  informers: {
    what: '实名举报人的姓名、电话、身份证号、账户（另存、单独加密）；奖励已批准或已发放的留着备查账',
    days: 365,
    since: '举报办结',
    by: 'tip.forgetInformers',
    source: `${OWN}；${PIPL_19}`,
    confirmed: false,
  },
  logs: {
    what: '运行日志和访问日志（含访问地址，不含内容）',
    days: 270,
    since: '写下',
    by: 'deploy/journald-retention.conf',
    source: '《网络安全法》（2025年修正）第二十三条第三项：网络日志留存不少于六个月。条号按修改决定推算，待核对',
    confirmed: false,
  },
  backups: {
    what: '备份（含当时的全部数据，不含密钥）',
    days: 30,
    since: '备份',
    by: 'deploy/shenhuan-backup.service',
    source: `${OWN}；${PIPL_19}`,
    confirmed: false,
  },
  answers: {
    what: '每次提交的编号和答复（防止重复提交，答复是加密的）',
    days: 7,
    since: '提交',
    by: 'house.forgetKeys',
    source: OWN,
    confirmed: false,
  },
  doneJobs: {
    what: '已经办完的后台事项',
    days: 7,
    since: '办完',
    by: 'house.forgetKeys',
    source: OWN,
    confirmed: false,
  },
  deadJobs: {
    what: '没有办成的后台事项（只有编号，没有内容）',
    days: 184,
    since: '最后一次失败',
    by: 'house.forgetKeys',
    source: `${OWN}，与网络日志一样留半年以上`,
    confirmed: false,
  },
  sessions: {
    what: '登录（只存摘要）',
    days: 7,
    since: '登录到期或者退出',
    by: 'house.forgetKeys',
    source: `${OWN}；${PIPL_19}`,
    confirmed: false,
  },
  notices: {
    what: '小程序里已读的消息和微信提醒的发送结果',
    days: 400,
    since: '读过',
    by: 'notice.forget',
    source: `${OWN}：一年多，便于对照上年`,
    confirmed: false,
  },
  workbooks: {
    what: '导出的和导入用的表格文件',
    days: 7,
    since: '生成',
    by: 'excel.forget',
    source: `${OWN}；${PIPL_19}`,
    confirmed: false,
  },
  uploads: {
    what: '上传了没有用上的照片和文件',
    days: 1,
    since: '上传',
    by: 'files.sweep',
    source: `${OWN}；${PIPL_19}`,
    confirmed: false,
  },
  unusedPeople: {
    what: '三年没有登录、没有在办诉求、不在岗位上的人：姓名、手机号、微信号，和本人注销一样删除',
    days: 3 * 365,
    since: '最后一次登录',
    by: 'person.forgetUnused',
    source: `${OWN}；${PIPL_19}；${PIPL_47}`,
    confirmed: false,
  },
  leftPosts: {
    what: '离开岗位一年的人：认岗位用的手机号摘要和工作电话（姓名是公开的履职信息，留着）',
    days: 365,
    since: '岗位停用',
    by: 'post.forgetPhones',
    source: `${OWN}；${PIPL_19}；${PIPL_47}`,
    confirmed: false,
  },
  erasedPeople: {
    what: '注销的人：姓名、手机号、微信号和解开它们的密钥',
    days: 0,
    since: '本人注销',
    by: 'person.erase',
    source: PIPL_47,
    confirmed: true,
  },
} as const satisfies Record<string, Kept>

/** What is older than this instant is forgotten. */
export function before(
  what: {
    [Name in keyof typeof retention]: (typeof retention)[Name]['days'] extends number ? Name : never
  }[keyof typeof retention],
  now: Date,
): Date {
  return new Date(now.getTime() - retention[what].days * 86_400_000)
}
