// A late case as a line: how late, whose, for whom.
import type { CaseItem, CaseView } from '../../services/api'
import { dayText } from '../../services/dates'
import { wordFor } from '../../services/words'
import { shortUnit } from '../services/numbers'

export interface LateLine {
  id: string
  version: number
  title: string
  late: string
  about: string
  unitId: string
  officerId: string
  officer: string
  /** Chosen, to be given to somebody together with others. */
  isOn: boolean
  /** What has just been done here, in words. */
  done: string
  /** Why it could not be given over. */
  failure: string
}

type Holder = Pick<CaseItem, 'unit' | 'standInFor'> & { officer: { postId: string; name: string } | null }

const holderOf = ({ unit, officer, standInFor }: Holder): string => {
  if (!officer) return `${unit ? shortUnit(unit.name) : '还没有单位'} · 还没人接`
  const instead = standInFor ? `（替${standInFor.name}）` : ''
  return `${unit ? `${shortUnit(unit.name)} · ` : ''}${officer.name}${instead}`
}

export const lineOf = (item: CaseItem, chosen: readonly string[]): LateLine => ({
  id: item.id,
  version: item.version,
  title: item.title,
  late: item.daysLeft === null ? '已超期' : `超期${-item.daysLeft}个工作日`,
  about: [item.enterprise?.name ?? '', wordFor('categories', item.category), `${dayText(item.dueOn)}到期`]
    .filter((part) => part !== '')
    .join(' · '),
  unitId: item.unit?.id ?? '',
  officerId: item.officer?.postId ?? '',
  officer: holderOf(item),
  isOn: chosen.includes(item.id),
  done: '',
  failure: '',
})

/** The same line after the case was given to somebody else. */
export const handedOver = (line: LateLine, view: CaseView): LateLine => ({
  ...line,
  version: view.version,
  unitId: view.unit?.id ?? '',
  officerId: view.officer?.postId ?? '',
  officer: holderOf({ unit: view.unit, officer: view.officer, standInFor: view.standInFor }),
  isOn: false,
  done: '已换人，等签收',
  failure: '',
})

/** The only holder of all of them, who need not be offered; empty where there are several. */
export function holderOfAll(lines: readonly LateLine[]): string {
  const [first] = lines
  return first && lines.every(({ officerId }) => officerId === first.officerId) ? first.officerId : ''
}
