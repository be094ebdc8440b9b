// An application at the window in words: as a line of a list, and whole.
import type { ItemOf, Output } from './api'
import { dayText } from './dates'
import { wordFor } from './words'

export type ApplicationItem = ItemOf<'application.list'>
export type ApplicationView = Output<'application.read'>

const tones: Record<ApplicationItem['state'], string> = {
  received: 'warn',
  supplementing: 'warn',
  accepted: 'info',
  approved: 'good',
  notAccepted: 'bad',
  rejected: 'bad',
  withdrawn: '',
}

const left = (days: number) => (days === 0 ? '今天是最后一天' : `还有${days}个工作日`)

/** What is waited for, and until when. */
function dueText({ due, missing }: ApplicationItem, isStaff: boolean): string {
  if (!due) return ''
  const day = dayText(due.on)
  if (due.what === 'check') {
    if (due.isOverdue) return `${day}已过，依法视为受理`
    if (missing.length === 0) return isStaff ? `${day}前受理，${left(due.daysLeft)}` : `最晚${day}受理`
    return isStaff ? `${day}前受理或一次性告知，${left(due.daysLeft)}` : `最晚${day}告诉您缺什么，不告诉就算受理`
  }
  return due.isOverdue ? `应在${day}前决定，已超过承诺` : `承诺${day}前决定，${left(due.daysLeft)}`
}

/** Where it stands, for whoever waits: one line. */
function standingOf(item: ApplicationItem, isStaff: boolean): string {
  const { state, missing, acceptedOn, endedOn } = item
  if (state === 'supplementing' && missing.length > 0) return `还要补：${missing.join('、')}`
  if (state === 'supplementing') return '材料已补齐，等受理'
  if (state === 'received' && missing.length === 0) return '材料齐全，等受理'
  const due = dueText(item, isStaff)
  if (due) return due
  if (state === 'accepted') return `${dayText(acceptedOn)}受理，正在办理`
  return endedOn ? `${dayText(endedOn)}${wordFor('applicationStates', state)}` : ''
}

export const lineOf = (item: ApplicationItem, isStaff: boolean) => ({
  id: item.id,
  title: item.guide.title,
  tag: wordFor('applicationStates', item.state),
  tone: tones[item.state],
  who: isStaff ? item.enterprise.name : `${item.unit.name}窗口`,
  when: `${dayText(item.receivedOn)}收件 · ${item.number}`,
  standing: standingOf(item, isStaff),
  isLate: item.due?.isOverdue ?? false,
  isPending: item.isRefusalPending ?? false,
})

/** 不受理、不批准的，告知救济途径 (行政许可法三十八条). */
const REMEDY = '对这个决定不服的，可以依法申请行政复议或者提起行政诉讼。'

export function factsOf(view: ApplicationView, isStaff: boolean) {
  const { notice, refusal, pendingRefusal, receivedBy, unit, due } = view
  return {
    id: view.id,
    title: view.guide.title,
    guideId: view.guide.id,
    number: view.number,
    tag: wordFor('applicationStates', view.state),
    tone: tones[view.state],
    firm: view.enterprise.name,
    project: view.project,
    standing: standingOf(view, isStaff),
    due: dueText(view, isStaff),
    isLate: due?.isOverdue ?? false,
    hint: hintOf(view),
    receiver: receivedBy ? `${unit.name} · ${receivedBy.name}` : unit.name,
    phone: receivedBy?.phone ?? '',
    materials: view.materials.map(({ name, isPresent, canFollowLater, note, cameOn }) => ({
      name,
      note: note ?? '',
      tag: isPresent ? '已交' : canFollowLater ? '可以后补' : '还没交',
      tone: isPresent ? 'good' : canFollowLater ? '' : 'warn',
      when: cameOn && cameOn !== view.receivedOn ? `${dayText(cameOn)}补交` : '',
    })),
    notice: notice && {
      when: `${dayText(notice.on)} ${notice.by}`,
      items: notice.items,
      text: notice.text ?? '',
    },
    refusal: refusal && {
      title: wordFor('applicationStates', view.state),
      pairs: [
        { name: '决定', text: `${dayText(view.endedOn)} ${refusal.by}` },
        { name: '情形', text: wordFor('refusalGrounds', refusal.ground) },
        { name: '依据', text: refusal.basis },
        { name: '理由', text: refusal.reason },
      ],
      remedy: REMEDY,
    },
    pending: pendingRefusal
      ? {
          title: '有人提出否决，等另一人同意',
          pairs: [
            { name: '提出', text: pendingRefusal.by },
            { name: '情形', text: wordFor('refusalGrounds', pendingRefusal.ground) },
            { name: '依据', text: pendingRefusal.basis },
            { name: '理由', text: pendingRefusal.reason },
          ],
        }
      : null,
    returned: view.returnNote ? `上次提出否决没有同意：${view.returnNote}` : '',
    steps: stepsOf(view),
  }
}

/** What the law or the promise leaves out, beside the day. */
function hintOf({ due, missing }: ApplicationView): string {
  const provisional = due?.isProvisional ? '假期安排还没有全部公布，日期可能会变。' : ''
  if (due?.what === 'check') return `${missing.length > 0 ? '只会告知一次，一次说全。' : ''}${provisional}`
  return due?.what === 'decide' ? `公示、评审、听证等依法不计的时间另算。${provisional}` : ''
}

function stepsOf(view: ApplicationView) {
  const { state, receivedOn, wasComplete, notice, suppliedOn, acceptedOn, acceptedHow, endedOn, approvalNumber } = view
  const ended = approvalNumber ? `批准，${approvalNumber}` : wordFor('applicationStates', state)
  return [
    { on: receivedOn, text: wasComplete ? '收件，要件齐全' : '收件，材料不齐' },
    { on: notice?.on ?? null, text: '一次性告知' },
    { on: suppliedOn, text: '补交材料' },
    { on: acceptedOn, text: acceptedHow === null ? '' : wordFor('acceptedHows', acceptedHow) },
    { on: endedOn, text: view.endNote ? `${ended}：${view.endNote}` : ended },
  ].flatMap(({ on, text }) => (on ? [{ when: dayText(on), text }] : []))
}
