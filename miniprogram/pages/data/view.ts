// What the service keeps of somebody, as they can read it. The file they take along holds all of it, word for word.
import { momentText } from '../../services/dates'
import { districtWord, wordFor } from '../../services/words'

type Words = Parameters<typeof wordFor>[0]

/** Fields that come with an English name. */
const titles: Record<string, string> = {
  name: '称呼',
  phone: '手机号',
  title: '职务',
  state: '状态',
  kind: '类别',
  text: '内容',
  answer: '答复',
  answeredAt: '答复时间',
  reason: '原因',
  confirmedAt: '签字时间',
  satisfaction: '满意程度',
  remark: '意见',
  createdAt: '时间',
  at: '时间',
  creditCode: '信用代码',
  districtCode: '区县',
  isPublic: '是否公开',
}

const groupOf: Record<string, readonly Words[]> = {
  state: ['membershipStates'],
  kind: ['commentKinds'],
  answer: ['declineWays', 'visitStates'],
  satisfaction: ['ratings'],
}

/** Numbers of the machine, of no use to a reader. */
const isInner = (field: string): boolean => /^id$|Ids?$|^version$/.test(field)
const isInstant = (value: unknown): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)

export interface Field {
  name: string
  value: string
}

function wordOf(field: string, value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? '是' : '否'
  if (isInstant(value)) return momentText(value)
  if (field === 'districtCode') return districtWord(String(value))
  if (field === '大小') return `${Math.max(1, Math.round(Number(value) / 1024))} KB`
  const words = (groupOf[field] ?? []).map((group) => wordFor(group, value))
  return words.find((word) => word !== String(value)) ?? String(value)
}

/** One record as lines; what it holds of another thing stands among them, under that thing's name. */
export function fieldsOf(record: unknown, within = ''): Field[] {
  if (typeof record !== 'object' || record === null) return []
  return Object.entries(record).flatMap(([field, value]): Field[] => {
    if (value === null || value === undefined || value === '' || isInner(field)) return []
    if (typeof value === 'object') return fieldsOf(value, field)
    const isChinese = /[\u4e00-\u9fff]/.test(field)
    const name = within === 'enterprise' && field === 'name' ? '企业' : isChinese ? field : titles[field]
    return name ? [{ name, value: wordOf(field, value as string) }] : []
  })
}

/** So many records of a kind stand on the screen. */
const SHOWN = 5

const listOf = (title: string, records: readonly unknown[]) => ({
  title,
  records: records.slice(0, SHOWN).map((record) => fieldsOf(record)),
  said: records.length === 0 ? '没有' : records.length > SHOWN ? `一共${records.length}条，全部在导出的文件里` : '',
})

/** Each section of the export as lists of records. */
export const sectionsOf = (sections: Record<string, unknown>) =>
  Object.entries(sections).map(([title, content]) => {
    if (Array.isArray(content)) return { title, lists: [listOf('', content)] }
    const parts = Object.entries(content ?? {})
    if (parts.length > 0 && parts.every(([, part]) => Array.isArray(part)))
      return { title, lists: parts.map(([name, part]) => listOf(name, part as unknown[])) }
    return { title, lists: [listOf('', [content])] }
  })

/** What erasing takes away and what it leaves. */
export const gone = [
  '您的称呼、手机号和微信身份',
  '您和企业的关系',
  '消息和还没发出的草稿',
  '您文字里写的姓名和手机号',
  '留了姓名的举报里，您的姓名、电话和证件号码',
]
export const stays = [
  '诉求和上门服务的办理记录，但看不出是谁',
  '还没办完、又没有同事能接着看的诉求，会自动撤回',
  '批准了或领了举报奖励的，领奖的凭据加密留存，供查账',
]
