/** Which 200 visits there were: every project under care week by week, back from next week, and some to parks. */
import { addDays } from '../calendar/dates.js'
import { isUnderCare } from '../projects/care.js'
import type { Project } from '../projects/project.js'
import { mondayOf } from '../visits/weeks.js'
import { type Dice, diceOf } from './dice.js'
import type { Stage } from './stage.js'
import { isOfTrade, type VisitText } from './texts.js'
import type { Outing } from './visitStory.js'

export const VISITS = 200
const TO_PARKS = 12
/** Visits already agreed on for next week. */
const NEXT_WEEK = 8
/** Projects that nobody has offered a visit this week. */
const STILL_DUE = 4
const FURTHEST_WEEKS = 60

export function outings(stage: Stage): Outing[] {
  const monday = mondayOf(stage.today)
  const found: Outing[] = toParks(stage, monday)
  for (let back = -1; back <= FURTHEST_WEEKS && found.length < VISITS; back += 1) {
    const week = addDays(monday, -7 * back)
    const inCare = stage.cast.projects.filter((project) => isVisited(stage, project, week))
    const offered = back === -1 ? inCare.slice(0, NEXT_WEEK) : back === 0 ? inCare.slice(0, -STILL_DUE) : inCare
    for (const project of offered) {
      if (found.length === VISITS) break
      const outing = toProject(stage, project, week, back)
      if (outing) found.push(outing)
    }
  }
  return found
}

/** One firm said 「需要时我约」 three weeks ago, another 「本月不用」 last week. */
const pauses = [
  { place: 4, back: 3, how: 'untilWeCall' as const },
  { place: 9, back: 1, how: 'thisMonth' as const },
]

function isVisited({ cast, today }: Stage, project: Project, week: string): boolean {
  const pause = pauses.find(({ place }) => cast.projects[place] === project)
  const pausedFrom = pause && addDays(mondayOf(today), -7 * pause.back)
  if (pausedFrom !== undefined && week > pausedFrom) return false
  const isAside = project.stage === 'suspended' && project.stageOn <= addDays(week, 4)
  return (
    !isAside && isUnderCare(project, addDays(week, 4)) && project.createdAt.getTime() < Date.parse(`${week}T00:00:00Z`)
  )
}

function toProject(stage: Stage, project: Project, week: string, back: number): Outing | null {
  const { cast, today } = stage
  const dice = diceOf(`visit ${project.projectCode} ${back}`)
  const firm = cast.firms.find(({ id }) => id === project.enterpriseId)
  const staff = staffOf(stage, project.unitId ?? '', project.officerPostId)
  const plannedOn = dayOf(stage, dice, week)
  if (!firm || !staff || plannedOn === null) return null
  const pause = pauses.find((one) => cast.projects[one.place] === project && one.back === back)
  const isPast = plannedOn < today
  const isLate = back > 1
  const fate = pause ? 'declined' : isPast ? pastFate(dice, isLate) : dice.percent(60) ? 'consented' : 'offered'
  const text = textOf(stage, dice, 'enterprise', stage.tradesOf(firm.id))
  const offeredOn = offerDay(stage, plannedOn)
  // What was held before last week has been signed by now.
  const [how, isConfirmed] = [pause?.how ?? 'onlyThisOne', isLate || dice.percent(50)] as const
  return { project, firms: [firm], staff, week, plannedOn, offeredOn, text, fate, how, isConfirmed }
}

function pastFate(dice: Dice, isLate: boolean): Outing['fate'] {
  const share = dice.between(1, 100)
  if (share <= 10) return 'declined'
  if (share <= 13) return 'cancelled'
  return share <= 20 && !isLate ? 'offered' : 'held'
}

/** Over the year, to several firms of a district at once. */
function toParks(stage: Stage, monday: string): Outing[] {
  const districts = ['210106', '210112', '210113', '210114']
  return Array.from({ length: TO_PARKS }, (_, index) => {
    const dice = diceOf(`park ${index}`)
    const districtCode = districts[index % districts.length] as string
    const firms = stage.cast.firms.filter((firm) => firm.districtCode === districtCode).slice(0, 3)
    const unit = [...stage.cast.units.values()].find((one) => one.districtCodes.includes(districtCode))
    const staff = staffOf(stage, unit?.id ?? '', null)
    const week = addDays(monday, -7 * (2 + index * 4))
    const plannedOn =
      dayOf(stage, dice, week) ?? dayOf(stage, dice, addDays(week, -7)) ?? dayOf(stage, dice, addDays(week, -14))
    if (!staff || plannedOn === null) throw new Error('the demonstration has no day or nobody for a visit to a park')
    const text = textOf(stage, dice, 'park', [])
    const offeredOn = offerDay(stage, plannedOn)
    return {
      project: null,
      firms,
      staff,
      week: mondayOf(plannedOn),
      plannedOn,
      offeredOn,
      text,
      fate: 'held',
      isConfirmed: true,
    }
  })
}

/** A working day of the week; null in a week without. */
function dayOf({ ground: { calendar } }: Stage, dice: Dice, week: string): string | null {
  const days = [0, 1, 2, 3, 4, 5, 6].map((n) => addDays(week, n)).filter((day) => calendar.isWorkday(day))
  return days.length === 0 ? null : dice.pick(days)
}

/** Two working days before, and before today in any case. */
function offerDay({ ground: { calendar }, today }: Stage, plannedOn: string): string {
  const [wanted, latest] = [calendar.workdayBefore(plannedOn, 2), calendar.workdayBefore(today, 1)]
  return wanted < latest ? wanted : latest
}

/** The project's officer and a colleague. */
function staffOf({ cast }: Stage, unitId: string, officerPostId: string | null): Outing['staff'] | null {
  const colleagues = cast.officersOf(unitId)
  const first = colleagues.find(({ id }) => id === officerPostId) ?? colleagues[0]
  const second = colleagues.find((post) => post !== first)
  return first && second ? [first, second] : null
}

/** Of a hundred visits: how many leave a question open. */
const OPEN_SHARE = 8

function textOf({ visitTexts }: Stage, dice: Dice, kind: VisitText['kind'], trades: readonly string[]): VisitText {
  const isOpen = dice.percent(OPEN_SHARE)
  const fitting = visitTexts.filter((text) => text.kind === kind && isOfTrade(text, trades))
  const wanted = fitting.filter(({ findings }) => findings.some(({ isSolved }) => !isSolved) === isOpen)
  return dice.pick(wanted.length > 0 ? wanted : fitting)
}
