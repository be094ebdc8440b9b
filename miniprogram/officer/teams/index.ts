// The task forces of the city and the branches; whoever keeps them takes members in and out.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { sending } from '../../behaviors/sending'
import { call } from '../../services/call'
import type { Staff } from '../../services/roster'
import { lineOf, type Team } from './view'

const ALL_AT_ONCE = 100
type Members = Team['members']

Component({
  behaviors: [page, loading, sending],
  data: {
    teams: [] as Team[],
    lines: [] as ReturnType<typeof lineOf>[],
    /** Whose list is open, and to which somebody is added. */
    openId: '',
    isPicking: false,
    except: [] as string[],
    unitId: '',
  },
  methods: {
    onLoad() {
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    refresh() {
      return this.load(async () => {
        const { items } = await call('team.list', { isActive: true, limit: ALL_AT_ONCE })
        const teams = [...items].sort((one, other) => Number(one.level !== 'city') - Number(other.level !== 'city'))
        this.setData({ teams, lines: teams.map(lineOf) })
        return teams.length > 0
      })
    },
    toggle(event: WechatMiniprogram.TouchEvent<{}, {}, { id: string }>) {
      const { id } = event.currentTarget.dataset
      this.setData({ openId: this.data.openId === id ? '' : id })
    },
    add() {
      const team = this.openTeam()
      if (!team) return
      const except = team.members.map(({ postId }) => postId)
      this.setData({ isPicking: true, except, unitId: team.unit.id })
    },
    closePicker() {
      this.setData({ isPicking: false })
    },
    async pick({ detail }: WechatMiniprogram.CustomEvent<{ staff: Staff }>) {
      const team = this.openTeam()
      if (!team) return
      await this.save(team, [...membersOf(team.members), { postId: detail.staff.id, duty: 'member' as const }])
      this.setData({ isPicking: false })
    },
    async drop(event: WechatMiniprogram.TouchEvent<{}, {}, { id: string; name: string }>) {
      const { id, name } = event.currentTarget.dataset
      const team = this.openTeam()
      if (!team) return
      const { confirm } = await wx.showModal({ title: '移出专班', content: `把${name}移出专班？`, confirmText: '移出' })
      if (confirm) await this.save(team, membersOf(team.members.filter(({ postId }) => postId !== id)))
    },
    openTeam(): Team | undefined {
      return this.data.teams.find(({ id }) => id === this.data.openId)
    },
    async save({ id, version, level, unit, name }: Team, members: ReturnType<typeof membersOf>) {
      const isDone = await this.send(() => call('team.save', { id, version, level, unitId: unit.id, name, members }))
      if (isDone) await this.refresh()
    },
  },
})

const membersOf = (members: Members) => members.map(({ postId, duty }) => ({ postId, duty }))
