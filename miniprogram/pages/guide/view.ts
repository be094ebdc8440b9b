// A guide as its page shows it: codes in words, what is doubtful beside what it is about.
import type { GuideView } from '../../services/api'
import { dayText } from '../../services/dates'
import { legalFigure, promiseFigure } from '../../services/guideTimes'
import { isNumber } from '../../services/phone'
import { wordFor } from '../../services/words'
import { type Doubts, doubtsOf } from './doubts'

const UNCONFIRMED = '以窗口公布为准'

/** `标签：内容`, left out where there is nothing to say. */
const labelled = (label: string, text: string | null | undefined) => (text ? `${label}：${text}` : '')
const shownUnlessUnknown = (text: string | undefined) => (text === UNCONFIRMED ? '' : (text ?? ''))

export function viewOf(guide: GuideView) {
  const doubts = doubtsOf(guide.unconfirmed)
  return {
    id: guide.id,
    title: guide.title,
    summary: guide.summary,
    level: wordFor('guideLevels', guide.level),
    kind: wordFor('guideKinds', guide.kind),
    times: timesOf(guide, doubts),
    // A list of matters takes no time of its own.
    isList: guide.ways.length > 0 && guide.promise.workdays === undefined && guide.legal.value === undefined,
    conditions: guide.conditions.map((clause, index) => ({ ...clause, doubt: doubts.within(`conditions[${index}]`) })),
    conditionsDoubt: doubts.at('conditions'),
    refusals: guide.refusals.map((clause, index) => ({ ...clause, doubt: doubts.within(`refusals[${index}]`) })),
    refusalsDoubt: doubts.at('refusals'),
    materials: guide.materials.map((material, index) => materialOf(material, doubts.within(`materials[${index}]`))),
    materialsDoubt: doubts.at('materials'),
    steps: guide.steps.map((step, index) => stepOf(step, doubts.within(`steps[${index}]`))),
    stepsDoubt: doubts.at('steps'),
    channels: guide.channels.map((channel, index) => channelOf(channel, doubts.within(`channels[${index}]`))),
    authority: {
      who: authorityOf(guide.authority),
      note: guide.authority.note ?? '',
      doubt: doubts.within('authority'),
    },
    fee: { text: guide.fee.text, source: labelled('出处', guide.fee.source), doubt: doubts.within('fee') },
    result: { ...guide.result, doubt: doubts.within('result') },
    validity: {
      text: guide.validity.text,
      source: labelled('出处', guide.validity.source),
      doubt: doubts.within('validity'),
    },
    basis: guide.basis.map(basisOf),
    basisDoubt: doubts.within('basis'),
    ways: guide.ways,
    rejectionReasons: guide.rejectionReasons,
    rejectionReasonsDoubt: doubts.within('rejectionReasons'),
    faq: guide.faq.map((one, index) => ({
      ...one,
      source: labelled('出处', one.source),
      doubt: doubts.within(`faq[${index}]`),
    })),
    faqDoubt: doubts.at('faq'),
    noConnections: guide.noConnections,
    hotlines: guide.hotlines.map(({ name, phone }) => ({ name, phone, canCall: isNumber(phone) })),
    related: guide.related,
    comments: guide.comments.map(commentOf),
    myComments: guide.myComments
      .filter(({ id }) => guide.comments.every((comment) => comment.id !== id))
      .map((comment) => ({ ...commentOf(comment), isPublic: comment.isPublic })),
    edition: editionOf(guide),
    // Last: by then every other place has been asked about.
    restDoubts: doubts.rest(),
  }
}

export type GuidePage = ReturnType<typeof viewOf>

function timesOf({ promise, legal }: GuideView, doubts: Doubts) {
  return {
    promise: { ...promiseFigure(promise), note: promise.note ?? '', doubt: doubts.within('promise') },
    legal: {
      ...legalFigure({ ...legal, quote: undefined, note: undefined }),
      note: legal.note ?? '',
      quote: legal.quote ?? '',
      source: legal.source,
      doubt: doubts.within('legal'),
    },
  }
}

/** The unit often says the name again. */
const authorityOf = ({ name, unit }: GuideView['authority']) => (unit.includes(name) ? unit : `${name}（${unit}）`)

function materialOf(material: GuideView['materials'][number], doubt: string) {
  const { name, form, copies, source, why, sampleNote, canFollowLater, exemptByLicence } = material
  return {
    name,
    form: copies > 0 ? `${wordFor('materialForms', form)} ${copies} 份` : wordFor('materialForms', form),
    lines: [labelled('哪里来', source), labelled('做什么用', why), labelled('样本', sampleNote)].filter(Boolean),
    marks: [canFollowLater && '可以后补', exemptByLicence && '有电子证照就不用交'].filter(Boolean),
    doubt,
  }
}

function stepOf({ name, who, clock, limit, note }: GuideView['steps'][number], doubt: string) {
  return {
    name,
    who: wordFor('stepActors', who),
    isYours: who === 'enterprise',
    clock: wordFor('stepClocks', clock),
    counts: clock === 'runs',
    limit: limit ? `最多 ${limit.value} ${wordFor('limitUnits', limit.unit)}` : '',
    note,
    words: limit?.quote ?? limit?.note ?? '',
    wordsTitle: limit?.quote ? '规定原文' : '时限说明',
    isOpen: false,
    doubt,
  }
}

function channelOf({ kind, name, url, address, phone, hours, note }: GuideView['channels'][number], doubt: string) {
  const known = shownUnlessUnknown(address)
  return {
    kind: wordFor('channelKinds', kind),
    name,
    url: url ?? '',
    address: known,
    hours: shownUnlessUnknown(hours),
    phone: isNumber(phone) ? phone : '',
    note: note ?? '',
    doubt,
    // What can be pasted into a map or a message.
    copy: [name, known, isNumber(phone) ? phone : '', url].filter(Boolean).join(' '),
    isWorthCopying: Boolean(known || url),
  }
}

/** Always with the year: laws last longer than one. */
const dated = (day: string | null) => dayText(day, new Date(0))

const colourOfRole = { primary: 'tag--good', supporting: '', former: 'tag--bad', upcoming: 'tag--warn' } as const

function basisOf({ role, law, replacedBy, article, quote, note }: GuideView['basis'][number]) {
  const { title, documentNumber, effectiveFrom, effectiveTo, isConfirmed } = law
  const force = [
    documentNumber,
    effectiveFrom && `${dated(effectiveFrom)}起施行`,
    effectiveTo && `${dated(effectiveTo)}后不再施行`,
  ]
  return {
    title: `${title} ${article}`,
    role: wordFor('basisRoles', role),
    colour: colourOfRole[role],
    force: force.filter(Boolean).join(' · '),
    replaced: replacedBy ? `${dated(replacedBy.effectiveFrom)}起看《${replacedBy.title}》` : '',
    quote: quote ?? '',
    note: note ?? '',
    doubt: isConfirmed ? '' : '名称和日期还没有核对原文',
  }
}

const commentOf = ({ id, kind, text, createdOn, answer, answeredOn }: GuideView['comments'][number]) => ({
  id,
  kind: wordFor('commentKinds', kind),
  text,
  when: dayText(createdOn),
  answer: answer ?? '',
  answeredWhen: dayText(answeredOn),
})

function editionOf({ code, number, filingNumber, filingNote, filedOn, publishedOn }: GuideView) {
  return [
    `指南编号：${code}，第 ${number} 版`,
    labelled('发布', dated(publishedOn)),
    filingNumber ? `备案号：${filingNumber}${filedOn ? `（${dated(filedOn)}）` : ''}` : (filingNote ?? ''),
  ].filter(Boolean)
}

/** The guide as text for a message to a colleague: what to bring, how long, whom to ask. */
export function messageOf({ title, times, materials, steps, hotlines }: GuidePage): string {
  const time = ({ figure, unit, words }: { figure: string; unit: string; words: string }) => words || `${figure}${unit}`
  return [
    `【${title}】`,
    `我们承诺：${time(times.promise)}；法律规定：${time(times.legal)}`,
    materials.length > 0 ? '要准备的：' : '',
    ...materials.map(({ name, form }, index) => `${index + 1}. ${name}（${form}）`),
    '怎么走：',
    steps.map(({ name }) => name).join(' → '),
    ...hotlines.map(({ name, phone }) => `${name}：${phone}`),
    '全文在微信小程序“沈环帮办”里。办事不用找关系。',
  ]
    .filter(Boolean)
    .join('\n')
}
