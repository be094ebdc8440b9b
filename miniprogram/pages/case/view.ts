// The head of a case in words: what it is, whose, what happens next, and what waits to be decided.
import type { CaseView } from '../../services/api'
import { stateWord, toneOf } from '../../services/caseWords'
import { dayText, momentText, today } from '../../services/dates'
import { isNumber } from '../../services/phone'
import { districtWord, wordFor } from '../../services/words'

export function headOf(view: CaseView, isStaff: boolean) {
  const { state, category, source, number, title, enterprise, project, guide, visitId, districtCode } = view
  return {
    state: stateWord(state, isStaff),
    tone: toneOf(state),
    kind: [wordFor('categories', category), source === 'help' ? '' : wordFor('caseSources', source)]
      .filter(Boolean)
      .join(' · '),
    title,
    number,
    isHeld: isStaff && view.can.includes('case.release'),
    firm: enterprise?.name ?? (isStaff ? '个人提出' : ''),
    place: districtWord(districtCode),
    project,
    guide,
    visitId,
    next: nextOf(view, isStaff),
    canSubscribe: !isStaff && ['assigned', 'handling', 'waiting'].includes(state),
  }
}

/** One sentence: who is to do what now. */
function nextOf(view: CaseView, isStaff: boolean): string {
  const { state, officer, signDueOn, urgeAgainOn, closesOn, rating, can } = view
  if (isStaff) return ''
  const urged = urgeAgainOn ? `已经催过了，${dayText(urgeAgainOn)}起可以再催。` : ''
  const sentences: Record<CaseView['state'], string> = {
    assigned: officer ? `已转给${officer.name}，${signText(signDueOn)}。${urged}` : '正在安排承办人，请稍等。',
    handling: `专员正在办，有结果会在下面答复您。${urged}`,
    waiting: '专员在等您补充材料，补充前不算办理时间。',
    answered: can.includes('case.rate')
      ? `已经答复，请往下看。解决了请评价一下；没解决，可以再提。${closesOn ? `${dayText(closesOn)}前没有别的意见，会自动办结。` : ''}`
      : '已经答复，请往下看。',
    closed: can.includes('case.rate')
      ? '已经办结，欢迎评价。'
      : isBad(rating)
        ? '已经办结。您不满意，另外派了人核实、改正，改好会回访您。'
        : '已经办结。',
    declined: '这件事没能办理，依据和理由在下面。',
    withdrawn: '您已经撤回，不再办理。',
  }
  return sentences[state]
}

/** A day that has passed is no promise any more. */
const signText = (signDueOn: string) =>
  signDueOn < today() ? `应当在${dayText(signDueOn)}前签收，还没有签收` : `${dayText(signDueOn)}前签收`

const isBad = (rating: CaseView['rating']) => rating !== null && rating.score <= 2

export function contactOf({ contact }: CaseView) {
  if (!contact) return null
  const { name, phone } = contact
  return { name: name ?? '没留称呼', phone: phone ?? '没留电话', canCall: isNumber(phone) }
}

/** What waits for somebody's consent. */
export function pendingOf({ pendingExtension, pendingDecline, can }: CaseView) {
  const extension = pendingExtension && {
    verb: 'case.agreeExtension',
    title: `申请延期 ${pendingExtension.workdays} 个工作日`,
    lines: [pendingExtension.reason],
    by: `${pendingExtension.by}，${momentText(pendingExtension.at)}`,
  }
  const decline = pendingDecline && {
    verb: 'case.agreeDecline',
    title: '拟不予办理',
    lines: [`依据：${pendingDecline.basis}`, `理由：${pendingDecline.reason}`],
    by: `${pendingDecline.by}，${momentText(pendingDecline.at)}`,
  }
  return [extension, decline].flatMap((one) =>
    one ? [{ ...one, canDecide: can.includes(one.verb), waits: `等${who[one.verb] ?? '上级'}同意` }] : [],
  )
}

const who: Record<string, string> = { 'case.agreeExtension': '市局', 'case.agreeDecline': '分局领导或市局' }

export const assistingOf = ({ assisting }: CaseView) =>
  (assisting ?? []).map(({ unit, since, repliedAt, dueOn, isLate }) => ({
    id: `${unit.id}${since}`,
    name: unit.name,
    said: repliedAt ? `${dayText(repliedAt)}已回复` : dueOn ? `${dayText(dueOn)}前回复` : `${dayText(since)}起等回复`,
    tone: repliedAt ? 'good' : isLate ? 'bad' : 'warn',
  }))

export const ratingOf = ({ rating }: CaseView) =>
  rating && {
    word: wordFor('ratings', rating.score),
    stars: [1, 2, 3, 4, 5].map((star) => ({ star, isOn: star <= rating.score })),
    text: rating.text ?? '',
    when: momentText(rating.at),
    isBad: isBad(rating),
  }
