// What the way finder's answer says on the screen, and the same in a text for a colleague or an officer.
import { dayText, weekdayText } from '../../services/dates'
import type { Way } from '../../services/keptWays'

export type Colour = 'tag--good' | 'tag--warn' | ''

const applied: Record<'true' | 'false' | 'null', { word: string; colour: Colour; order: number }> = {
  true: { word: '走得通', colour: 'tag--good', order: 0 },
  null: { word: '问窗口', colour: 'tag--warn', order: 1 },
  false: { word: '不适用', colour: '', order: 2 },
}

/** A day that we promise earlier anyhow is no reason to look for another way. */
const dayOf = (dueOn: string, promised: string | undefined) =>
  `，今天受理就是${dayText(dueOn)}前${promised && promised <= dueOn ? '；上面承诺的日子更早，按承诺办' : ''}`

const trackOf =
  (promised: string | undefined) =>
  ({ track, title, applies, reason, source, dueOn }: Way['tracks'][number]) => ({
    track,
    title,
    ...applied[String(applies) as keyof typeof applied],
    reason: dueOn ? `${reason}${dayOf(dueOn, promised)}` : reason,
    source,
  })

function promiseOf({ promise }: Way) {
  if (!promise) return null
  const { workdays, isImmediate, dueOn, isProvisional, skipped, source, note } = promise
  return {
    figure: String(workdays),
    unit: '个工作日',
    by: `${weekdayText(dueOn)}前`,
    name: isImmediate ? '我们承诺（即来即办）' : '我们承诺',
    isProvisional,
    skipped: skipped.length > 0 ? `跳过了 ${skipped.length} 个休息日` : '',
    source,
    note,
  }
}

function legalOf({ legal }: Way) {
  if (!legal) return null
  const { value, dueOn, quote, note, source } = legal
  return { figure: String(value), unit: '日', by: `${weekdayText(dueOn)}前`, quote, note, source }
}

const named = ({ documentType, documentName, formerName }: Way) => {
  if (documentType === null) return { title: '还定不下来做哪一种', former: '' }
  return {
    title: documentType === 'none' ? '不用办环评' : `做${documentName ?? ''}`,
    former: formerName ? `就是平常说的${formerName}` : '',
  }
}

export function viewOf(way: Way) {
  return {
    ...named(way),
    isKnown: way.documentType !== null,
    isNothing: way.documentType === 'none',
    project: way.project?.title ?? '名录里没有对上的行业',
    reasons: way.reasons.map(({ text, quote, source }) => ({ text, quote: quote ?? '', source })),
    possible: way.possible.map(({ documentName, when }) => ({ documentName, when })),
    authority: way.authority,
    materials: way.materials,
    promise: promiseOf(way),
    legal: legalOf(way),
    counted: `按今天（${dayText(way.today)}）受理算，受理当天不算`,
    tracks: way.tracks.map(trackOf(way.promise?.dueOn)).sort((a, b) => a.order - b.order),
    guides: way.guides,
    unknowns: way.unknowns,
    unit: way.contact.unit.name,
    phones: way.contact.phones,
    answers: way.answers,
    list: `${way.list.title}，${dayText(way.list.effectiveFrom)}起施行`,
  }
}
export type WayPage = ReturnType<typeof viewOf>

/** For the chat or a note. */
export function messageOf(page: WayPage): string {
  return [
    `【${page.project}】${page.title}`,
    page.promise ? `${page.promise.name}：${page.promise.figure}${page.promise.unit}（${page.promise.by}）` : '',
    page.legal ? `法律规定：${page.legal.figure}${page.legal.unit}` : '',
    page.authority ? page.authority.text : '',
    page.materials && page.materials.items.length > 0 ? `材料：${page.materials.items.join('、')}` : '',
    ...page.tracks.filter(({ word }) => word === '走得通').map(({ title }) => `可以走：${title}`),
    ...page.unknowns,
    `问：${page.unit}；${page.phones.map(({ name, phone }) => `${name} ${phone}`).join('；')}`,
    '全文在微信小程序“沈环帮办”里。以窗口公布为准。',
  ]
    .filter(Boolean)
    .join('\n')
}

/** What the request for help begins with. It travels in an address, where a percent sign would be read as something else. */
export function requestOf(page: WayPage): string {
  return [
    '我在“我的项目怎么办”里这样答的：',
    ...page.answers.map(({ title, answer }) => `${title}${answer}`),
    `结果：${page.title}`,
    '我想问：',
  ]
    .join('\n')
    .replace(/%/g, '％')
}
