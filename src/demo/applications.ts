/** Applications at the window of the named officer, each brought to where it stands today by the window's own steps. */
import type { EntityManager } from 'typeorm'
import type { Application } from '../applications/application.js'
import { receive } from '../applications/receive.js'
import { accept, agreeRefusal, decide, deem, notify, refuse, supplement, withdraw } from '../applications/steps.js'
import { dateOf, instantAt } from '../calendar/dates.js'
import type { Ground, Seed } from '../database/seed.js'
import { Guide } from '../guides/guide.js'
import { GuideVersion } from '../guides/guideVersion.js'
import { editionOf } from '../guides/library.js'
import { Membership } from '../people/membership.js'
import { Post } from '../people/post.js'
import { actAs } from './act.js'
import { type Cast, readCast } from './cast.js'

type Deed = 'notify' | 'supplement' | 'accept' | 'deem' | 'decide' | 'refuse' | 'agreeRefusal' | 'withdraw'

interface Plot {
  guide: string
  /** Of the named enterprise; otherwise of some other firm. */
  isNamed: boolean
  /** Working days before today. */
  receivedAgo: number
  /** How many materials of the list were not there. */
  missing: number
  /** Each with its working days before today. */
  deeds: readonly [Deed, number][]
}

// biome-ignore format: one application a line
const plots: readonly Plot[] = [
  { guide: 'HP-02', isNamed: true, receivedAgo: 22, missing: 1, deeds: [['notify', 20], ['supplement', 16], ['accept', 16], ['decide', 9]] },
  { guide: 'RH-01', isNamed: false, receivedAgo: 18, missing: 0, deeds: [['accept', 18], ['refuse', 13], ['agreeRefusal', 12]] },
  { guide: 'PW-02', isNamed: false, receivedAgo: 15, missing: 1, deeds: [['notify', 14], ['withdraw', 11]] },
  { guide: 'HP-02', isNamed: false, receivedAgo: 9, missing: 1, deeds: [['deem', 3]] },
  { guide: 'HP-02', isNamed: false, receivedAgo: 8, missing: 0, deeds: [['accept', 8], ['refuse', 1]] },
  { guide: 'PW-02', isNamed: true, receivedAgo: 6, missing: 2, deeds: [['notify', 4]] },
  { guide: 'HP-02', isNamed: true, receivedAgo: 3, missing: 0, deeds: [['accept', 3]] },
  { guide: 'HP-02', isNamed: false, receivedAgo: 4, missing: 1, deeds: [] },
  { guide: 'HP-02', isNamed: true, receivedAgo: 1, missing: 1, deeds: [] },
  { guide: 'HP-02', isNamed: false, receivedAgo: 1, missing: 0, deeds: [] },
]

const proposal = {
  ground: 'conditionsUnmet' as const,
  basis: '行政许可法第三十八条',
  reason: '材料内容前后不一致，已书面说明要改的地方，可以修改后重新申请。',
}

export const seedDemoApplications: Seed = {
  name: 'demo.applications',
  isDemo: true,
  async lay(db, ground) {
    const cast = await readCast(db, ground)
    for (const [at, plot] of plots.entries()) await layApplication(db, ground, cast, plot, at)
  },
}

async function layApplication(db: EntityManager, ground: Ground, cast: Cast, plot: Plot, order: number) {
  const today = dateOf(ground.now)
  const officer = await db.findOneByOrFail(Post, { personId: cast.person('officer'), role: 'officer' })
  const leader = cast.leaderOf(officer.unitId) ?? cast.supervisor
  const own = await db.findOneByOrFail(Membership, { personId: cast.person('enterprise'), state: 'verified' })
  const others = cast.firms.filter(({ id }) => id !== own.enterpriseId)
  const row = await db.findOneByOrFail(Guide, { code: plot.guide })
  const version = await db.findOneByOrFail(GuideVersion, { id: row.publishedVersionId ?? '' })
  const guide = editionOf(row, version, [])
  const moment = (ago: number, minute: number) => {
    const day = ground.calendar.workdayBefore(today, ago)
    return instantAt(day, `${9 + (order % 2)}:${String(10 + minute).padStart(2, '0')}`.padStart(5, '0'))
  }
  const as = (verb: string, at: Date, post: Post | null) =>
    actAs(db, ground, { verb: `application.${verb}`, at, personId: post?.personId ?? null, postId: post?.id ?? null })

  const receivedAt = moment(plot.receivedAgo, 0)
  as('receive', receivedAt, officer)
  const count = guide.content.materials.length
  const target = await receive(db, {
    know: ground,
    guide,
    enterpriseId: plot.isNamed ? own.enterpriseId : (others[order % others.length]?.id ?? own.enterpriseId),
    projectId: null,
    unitId: officer.unitId,
    postId: officer.id,
    receivedOn: dateOf(receivedAt),
    materials: guide.content.materials.map(({ name }, n) => ({ name, isPresent: n < count - plot.missing })),
    now: receivedAt,
  })
  for (const [n, [what, ago]] of plot.deeds.entries()) {
    const at =
      what === 'deem' ? instantAt(ground.calendar.workdayBefore(today, ago), '00:20') : moment(ago, 5 * (n + 1))
    const post = { deem: null, agreeRefusal: leader }[what as string]
    const by = post === undefined ? officer : post
    as(what === 'deem' ? 'deemOne' : what, at, by)
    await acts[what]({ db, know: ground, target, now: at, postId: by?.id ?? null }, by?.personId ?? null)
  }
}

type Doing = Parameters<typeof accept>[0]
const open = ({ materials }: Application) => materials.filter(({ isPresent }) => !isPresent).map(({ name }) => name)

const acts: Record<Deed, (doing: Doing, personId: string | null) => Promise<void>> = {
  notify: (doing) => notify(doing, '缺的材料请一次补齐，可以在线提交，也可以送到窗口。'),
  supplement: (doing) => supplement(doing, open(doing.target), dateOf(doing.now)),
  accept: (doing) => accept(doing, dateOf(doing.now)),
  deem: (doing) => deem(doing),
  decide: (doing) => decide(doing, `沈环审（演示）〔${dateOf(doing.now).slice(0, 4)}〕1号`, dateOf(doing.now)),
  refuse: (doing, personId) => refuse(doing, proposal, personId),
  async agreeRefusal(doing) {
    const asked = doing.target.pendingRefusal
    if (!asked) throw new Error('nobody proposed a refusal')
    await agreeRefusal(doing, asked)
  },
  withdraw: (doing) => withdraw(doing, '项目暂缓，先不办了。'),
}
