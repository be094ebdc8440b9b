/** What is asked of the service: one line a series, which becomes one line of the tables. */
import { addDays, dateOf } from '../../src/calendar/dates.js'
import type { InHand } from './fill.js'
import type { LoadRequest } from './load.js'
import type { Firm, People, Someone, Town } from './people.js'

/** Who asks, and for what there is to ask. */
export interface Ground {
  people: People
  town: Town
  /** Some cases out of all, each with somebody who may read it. */
  readable: { id: string; token: string }[]
}

export interface Series {
  name: string
  /** Asked in turn, over and over. */
  requests?: (ground: Ground) => LoadRequest[]
  /** One that can be sent once only, for a case in hand. */
  once?: (found: InHand) => LoadRequest
  /** How many times as long it may take with ten times the cases; unset: it is not looked at. */
  mayGrow?: number
}

const LISTS_MAY_GROW = 1.3
const BOARD_MAY_GROW = 2

const bearer = (token: string | undefined) => ({ Authorization: `Bearer ${token ?? ''}` })
const get = (path: string, who: Pick<Someone, 'token'> | undefined): LoadRequest => ({
  method: 'GET',
  path: `/api/${path}`,
  headers: bearer(who?.token),
})

const list = (name: string, query: string, readers: (people: People) => Someone[]): Series => ({
  name: `case.list, ${name}`,
  requests: ({ people }) => readers(people).map((reader) => get(`case.list?${query}`, reader)),
  mayGrow: LISTS_MAY_GROW,
})

const board = (path: string): Series => ({
  name: `board.${path.replace(/from=.*/, 'a year')}`,
  requests: ({ people }) => [...people.leaders.slice(0, 3), people.supervisor].map((who) => get(`board.${path}`, who)),
  mayGrow: BOARD_MAY_GROW,
})
const aYear = `from=${addDays(dateOf(new Date()), -364)}`

/** What miniprogram/officer/components/desk asks for, in one go. */
const desk = ({ postId, token }: { postId: string; token: string }): LoadRequest[] =>
  [
    'case.counts',
    'case.list?scope=todo&states=assigned&states=handling&limit=6',
    `project.list?due=overdue&officerPostId=${postId}&limit=100`,
    `project.list?due=soon&officerPostId=${postId}&limit=100`,
    `visit.due?week=${dateOf(new Date())}&limit=100`,
    'enterprise.members?limit=20',
    'notice.templates',
  ].map((path) => get(path, { token }))

export const series: readonly Series[] = [
  { name: 'case.submit', requests: ({ town }) => town.firms.flatMap(submission) },
  { name: 'case.answer', once: answer },
  list('own', 'scope=mine', ({ members }) => members.slice(0, 8)),
  list('to do', 'scope=todo&states=assigned&states=handling', ({ officers }) => officers),
  list('overdue', 'scope=unit&due=overdue', ({ leaders }) => leaders),
  list('of a unit', 'scope=unit', ({ leaders }) => leaders),
  list('all', 'scope=all', ({ supervisor }) => [supervisor]),
  {
    name: 'desk (each of its 7)',
    requests: ({ town }) =>
      town.officers.flatMap(({ postId, token }) => (token === undefined ? [] : desk({ postId, token }))),
    mayGrow: LISTS_MAY_GROW,
  },
  {
    name: 'case.read',
    requests: ({ readable }) => readable.map(({ id, token }) => get(`case.read?id=${id}`, { token })),
    mayGrow: LISTS_MAY_GROW,
  },
  { name: 'case.similar', requests: ({ people }) => people.members.slice(0, 8).map(similar), mayGrow: LISTS_MAY_GROW },
  board('overview'),
  board(`overview?${aYear}`),
  board('units'),
  board('officers'),
  board('trend?by=day'),
  board(`trend?by=month&${aYear}`),
]

const question = {
  title: '新上喷漆线，报告表要准备什么',
  text: '我们厂准备新上一条喷漆线，年用漆约八吨，请问环评报告表审批需要准备哪些材料，多久能办完，能不能先开工做基础？',
}

/** Three of four for a project, whose officer takes it; the others go to the least loaded of their district. */
function submission({ id, projectId, officer, member }: Firm, n: number): LoadRequest[] {
  if (!member) return []
  const where = n % 4 === 3 ? { districtCode: officer.districtCode } : { enterpriseId: id, projectId }
  const body = { category: 'procedure', ...question, ...where }
  return [{ method: 'POST', path: '/api/case.submit', headers: bearer(member.token), body }]
}

function answer({ id, token }: InHand): LoadRequest {
  const text =
    '报告表审批需要报告表全本、公示说明和委托书；先在网上提交，五个工作日内有受理结果。现场还没有批复前不能开工。'
  return { method: 'POST', path: '/api/case.answer', headers: bearer(token), body: { id, text } }
}

function similar(member: Someone): LoadRequest {
  const query = new URLSearchParams(question)
  return get(`case.similar?${query.toString()}`, member)
}
