// The record of a visit in words: what is missing before it can be sent, and where the server's objections belong.
import { dayText, momentText, weekdayText } from '../../services/dates'
import type { Entry, EntryState, Said } from '../../services/outbox'
import { isLocked } from '../../services/outbox'
import type { FindingFields, HostFields, VisitFields } from '../../services/visitRecord'

/** By field; a host's and a finding's by `hosts.0`, `findings.2`, counted as on the page. */
export type Errors = Record<string, string>

/** By the clock alone: the end is mistaken, or was on the next day. */
export const isBeforeStart = ({ startTime, endTime }: Pick<VisitFields, 'startTime' | 'endTime'>): boolean =>
  startTime !== '' && endTime !== '' && endTime <= startTime

export const endDays = [
  { value: 'same', label: '当天走的' },
  { value: 'next', label: '第二天走的' },
]

/** What the server would say, said at once: there may be no network to ask it. */
export function faultsOf(fields: VisitFields): Errors {
  const { firms, staff, startTime, endTime, endsNextDay = false, summary, hosts, findings } = fields
  const isBackwards = isBeforeStart(fields) && !endsNextDay
  const isUnclear = ({ text, isSolved, enterpriseId }: FindingFields) =>
    text.trim() !== '' && !isSolved && firms.length > 1 && enterpriseId === ''
  const isNameless = ({ name, title, phone }: HostFields) => name.trim() === '' && `${title}${phone}`.trim() !== ''
  const rules: [path: string, isWrong: boolean, message: string][] = [
    ['enterpriseIds', firms.length === 0, '请选择企业'],
    ['staffIds', staff.length < 2, '上门服务至少两人'],
    ['startedAt', startTime === '', '请填几点到'],
    ['endedAt', endTime === '', '请填几点走'],
    ['endedAt', isBackwards, '走的时间要比到的晚。过了半夜才走的，请点「第二天」'],
    ...hosts.map((host, at): [string, boolean, string] => [`hosts.${at}`, isNameless(host), '请填写姓名']),
    ...findings.map((one, at): [string, boolean, string] => [
      `findings.${at}`,
      isUnclear(one),
      '请选择是哪家企业提出的',
    ]),
    ['summary', summary.trim() === '', '请写一写做了什么'],
  ]
  return Object.fromEntries(rules.filter(([, isWrong]) => isWrong).map(([path, , message]) => [path, message]))
}

const hasHost = ({ name, title, phone }: HostFields) => `${name}${title}${phone}`.trim() !== ''
const hasFinding = ({ text }: FindingFields) => text.trim() !== ''

/** The server counts the lines it was sent; the page also has empty ones. */
export function errorsOf(said: Said | undefined, { hosts, findings }: VisitFields): Errors {
  const sent: Record<string, number[]> = {
    hosts: hosts.flatMap((host, at) => (hasHost(host) ? [at] : [])),
    findings: findings.flatMap((one, at) => (hasFinding(one) ? [at] : [])),
  }
  return Object.fromEntries(
    (said?.errors ?? []).map(({ path, message }) => {
      const [field = '', index] = path.split('.')
      const at = sent[field]?.[Number(index)]
      return [index !== undefined && at !== undefined ? `${field}.${at}` : field, message]
    }),
  )
}

/** One sentence by the button. */
export const wrongOf = (errors: Errors): string => {
  const [first, ...others] = Object.values(errors)
  if (first === undefined) return ''
  return others.length > 0 ? `有${others.length + 1}处要改，请看红字` : `还不能发送：${first}`
}

export const stateWords: Record<EntryState, { word: string; tone: string }> = {
  draft: { word: '草稿', tone: 'calm' },
  queued: { word: '待发送', tone: 'warn' },
  sending: { word: '发送中', tone: 'info' },
  sent: { word: '已发送', tone: 'good' },
  refused: { word: '没有成功', tone: 'bad' },
}

/** What becomes of it, and what the writer can do. */
export function saying(entry: Pick<Entry, 'state' | 'body' | 'said' | 'fields' | 'photos'>): string {
  const { state, said } = entry
  const says: Record<EntryState, string> = {
    draft: '还没写完，写好后点「保存并发送」',
    queued: waiting(entry, said),
    sending: '正在发送，请稍等',
    sent: '市局已经收到，等企业确认',
    refused: said ? refusedBecause(said) : '请改好后再发一次',
  }
  return says[state]
}

function waiting(entry: Pick<Entry, 'state' | 'body' | 'fields' | 'photos'>, said: Said | undefined): string {
  if (isLocked(entry as Entry)) return '已经发出，还没收到回音；联网后会再确认一次，不会重复'
  if (said && said.status !== 0) return `${said.title}。过一会儿会自动再发`
  return '已保存在手机上，有网络时自动发出'
}

const refusedBecause = ({ title, errors }: Said): string =>
  errors.length > 0 ? `要改一下：${[...new Set(errors.map(({ message }) => message))].join('；')}` : title

export interface EntryLine {
  id: string
  state: EntryState
  word: string
  tone: string
  firms: string
  when: string
  about: string
  says: string
  changed: string
  canEdit: boolean
  canSend: boolean
  canDrop: boolean
  canRenumber: boolean
}

export function entryLineOf(entry: Entry): EntryLine {
  const { id, state, fields, photos, said, changedAt } = entry
  const { firms, day, startTime, endTime, endsNextDay = false, summary } = fields
  const end = endTime && endsNextDay ? `第二天${endTime}` : endTime
  const times = [startTime, end].filter(Boolean).join('–')
  const isOpen = !isLocked(entry)
  return {
    id,
    state,
    ...stateWords[state],
    firms: firms.map(({ name }) => name).join('、') || '还没有选企业',
    when: [weekdayText(day), times].filter(Boolean).join(' '),
    about: [summary.trim(), photos.length > 0 ? `${photos.length}张照片` : ''].filter(Boolean).join(' · '),
    says: saying(entry),
    changed: `${momentText(new Date(changedAt).toISOString())}存`,
    canEdit: isOpen,
    canSend: state === 'queued',
    canDrop: isOpen || state === 'sent',
    canRenumber: state === 'refused' && said?.type === 'conflict',
  }
}

export const dayWords = (day: string): string => (day ? weekdayText(day) || dayText(day) : '')
