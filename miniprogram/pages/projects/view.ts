// The projects tab in words: for a firm its own projects, for staff the ledger and its filters.
import { lineOf as ledgerLineOf, stageTone } from '../../components/project-card/view'
import type { Input, ProjectItem } from '../../services/api'
import type { Standing } from '../../services/firms'
import { wordFor, wordsOf } from '../../services/words'

type ListInput = Input<'project.list'>

export { ledgerLineOf }

const officerRows = [
  ['包保专员', 'officer'],
  ['分局领导', 'branchLeader'],
  ['市局领导', 'cityLeader'],
] as const

/** The three who look after a project, in the order in which one would call them. */
export const officersOf = (project: Pick<ProjectItem, (typeof officerRows)[number][1]>) =>
  officerRows.map(([duty, key]) => {
    const officer = project[key]
    return {
      duty,
      name: officer?.name ?? '',
      unit: officer?.unit.name ?? '',
      phone: officer?.workPhone ?? '',
    }
  })

export const ownLineOf = (project: ProjectItem) => ({
  id: project.id,
  name: project.name,
  builderName: project.builderName,
  stage: project.stageTitle,
  tone: stageTone(project.stage),
  book: `${wordFor('books', project.book)}台账`,
  duty: project.careDuty,
  line: project.line,
  officers: officersOf(project),
})

interface Emptiness {
  title: string
  text: string
  action: string
  url: string
}

/** What a firm reads where there is no project, and what to do about it. */
export const emptyFor: Record<Standing, Emptiness> = {
  none: {
    title: '还没有加入企业',
    text: '加入企业后，这里能看到重大项目的环评走到哪一步、专员是谁',
    action: '加入企业',
    url: '/pages/firms/index',
  },
  pending: {
    title: '企业身份正在核实',
    text: '核实以后就能看到企业的项目，不用再申请',
    action: '查看我的企业',
    url: '/pages/firms/index',
  },
  verified: {
    title: '您的企业还没有列入台账的项目',
    text: '没有列入台账也一样能办：环评方面有问题，直接向我们求助',
    action: '我要求助',
    url: '/pages/help/index',
  },
}

export interface Filter {
  book: string
  stages: string[]
  careLevel: string
  due: string
  isUnderCare: boolean
  startsThisYear: boolean
  unitId: string
  q: string
}

export const noFilter: Filter = {
  book: '',
  stages: [],
  careLevel: '',
  due: '',
  isUnderCare: false,
  startsThisYear: false,
  unitId: '',
  q: '',
}

/** Only what was chosen is asked for. */
export function inputOf(filter: Filter): ListInput {
  const { book, stages, careLevel, due, isUnderCare, startsThisYear, unitId, q } = filter
  return {
    book: book ? [book as 'national'] : undefined,
    stage: stages.length > 0 ? (stages as ListInput['stage']) : undefined,
    careLevel: careLevel ? (careLevel as ListInput['careLevel']) : undefined,
    due: due ? (due as ListInput['due']) : undefined,
    isUnderCare: isUnderCare || undefined,
    startsThisYear: startsThisYear || undefined,
    unitId: unitId || undefined,
    q: q.trim() || undefined,
  }
}

/** How many of the filters behind the button are set. */
export const countOf = ({ stages, careLevel, due, isUnderCare, startsThisYear, unitId }: Filter): number =>
  stages.length + [careLevel, due, isUnderCare, startsThisYear, unitId].filter(Boolean).length

interface Chip {
  code: string
  word: string
  isOn: boolean
}
const chips = (words: { code: string; word: string }[], isOn: (code: string) => boolean): Chip[] =>
  words.map(({ code, word }) => ({ code, word, isOn: isOn(code) }))

export const bookChips = () => [
  { value: '', text: '全部' },
  ...wordsOf('books').map(({ code, word }) => ({ value: code, text: word })),
]

/** The popup of filters: what may be chosen, and what is. */
export const filterGroups = (filter: Filter, units: { id: string; name: string }[]) => [
  {
    field: 'stages',
    title: '走到哪一步（可多选）',
    chips: chips(wordsOf('stages'), (code) => filter.stages.includes(code)),
  },
  { field: 'due', title: '审批期限', chips: chips(wordsOf('dues'), (code) => code === filter.due) },
  { field: 'careLevel', title: '包保方式', chips: chips(wordsOf('careLevels'), (code) => code === filter.careLevel) },
  {
    field: 'switches',
    title: '其他',
    chips: chips(
      [
        { code: 'isUnderCare', word: '还在包保的' },
        { code: 'startsThisYear', word: '今年开工的' },
      ],
      (code) => filter[code as 'isUnderCare' | 'startsThisYear'],
    ),
  },
  ...(units.length > 1
    ? [
        {
          field: 'unitId',
          title: '分局',
          chips: chips(
            units.map(({ id, name }) => ({ code: id, word: name })),
            (code) => code === filter.unitId,
          ),
        },
      ]
    : []),
]

/** A tap on a chip: what was on goes off, what was off goes on. */
export function toggled(filter: Filter, field: string, code: string): Filter {
  if (field === 'stages') {
    const { stages } = filter
    return { ...filter, stages: stages.includes(code) ? stages.filter((one) => one !== code) : [...stages, code] }
  }
  if (field === 'switches') {
    const name = code as 'isUnderCare' | 'startsThisYear'
    return { ...filter, [name]: !filter[name] }
  }
  const name = field as 'careLevel' | 'due' | 'unitId'
  return { ...filter, [name]: filter[name] === code ? '' : code }
}
