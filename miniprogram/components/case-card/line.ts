// A case in a list, in words.
import type { CaseItem } from '../../services/api'
import { dueDayText, dueOf, isOpen, stateWord, toneOf } from '../../services/caseWords'
import { dayText } from '../../services/dates'
import { wordFor } from '../../services/words'

/** `ownPosts`: whose reader needs not be told that it is theirs. */
export function lineOf(item: CaseItem, isStaff: boolean, ownPosts: string[] = []) {
  const { id, number, title, state, rating, createdAt, category } = item
  const isOwn = item.standInFor === null && ownPosts.includes(item.officer?.postId ?? '')
  return {
    id,
    title,
    state: stateWord(state, isStaff),
    tone: toneOf(state),
    due: dueOf(item),
    day: dayOf(item, isStaff),
    about: isStaff ? (item.enterprise?.name ?? '个人提出') : whoOf(item),
    project: isStaff ? (item.project?.name ?? '') : '',
    where: isStaff && !isOwn ? whoOf(item) : '',
    foot: [wordFor('categories', category), `${dayText(createdAt)}提出`].join(' · '),
    number,
    isHeld: isStaff && item.review === 'held',
    next: isStaff ? '' : nextOf(item),
    rating: rating === null ? '' : `评价：${wordFor('ratings', rating)}`,
  }
}

/** By when; of what has been answered late, that, so that one sees what a share is made of. */
function dayOf(item: CaseItem, isStaff: boolean): string {
  if (isOpen(item.state)) return item.isPaused ? '' : `${dueDayText(item)}前答复`
  return isStaff && item.isInTime === false ? '答复晚了' : ''
}

function whoOf({ unit, officer, standInFor }: CaseItem): string {
  if (!officer) return '还没有承办人'
  const name = standInFor ? `${officer.name}（代${standInFor.name}）` : officer.name
  return [unit?.name, name].filter(Boolean).join(' ')
}

/** What the enterprise is waited for. */
const nextOf = ({ state, rating }: CaseItem): string =>
  state === 'waiting' ? '请补充材料' : state === 'answered' && rating === null ? '请看答复，给个评价' : ''
