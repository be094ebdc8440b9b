// When one is away and who stands in; a branch's leader also enters it for others.
import { loading } from '../../behaviors/loading'
import { page } from '../../behaviors/page'
import { call } from '../../services/call'
import { today, weekdayText } from '../../services/dates'
import { type Draft, dropDraft, keepDraft, readDraft } from '../../services/drafts'
import { ownPosts, type Staff, staffOf } from '../../services/roster'
import { start } from '../../services/session'
import { form } from '../../behaviors/form'
import { bySoonest, lineOf, mayForOthers } from './view'

type Valued = WechatMiniprogram.CustomEvent<{ value: string }>
interface Person {
  id: string
  name: string
  unitId: string
}
interface AbsenceFields {
  who: Person | null
  fromOn: string
  toOn: string
  standIn: Person | null
}

const FORM = 'absence'
const personOf = ({ id, name, unit }: Pick<Staff, 'id' | 'name' | 'unit'>): Person => ({ id, name, unitId: unit.id })
const nobodyYet = (): AbsenceFields => ({ who: null, fromOn: '', toOn: '', standIn: null })

Component({
  behaviors: [page, loading, form],
  data: {
    own: [] as Person[],
    posts: [] as { value: string; label: string }[],
    isForOthers: false,
    isSupervisor: false,
    lines: [] as ReturnType<typeof lineOf>[],
    fields: nobodyYet(),
    fromText: '',
    toText: '',
    first: '',
    picking: '' as '' | 'who' | 'standIn',
    except: [] as string[],
  },
  methods: {
    onLoad() {
      this.setData({ first: today() })
      void this.refresh()
    },
    onPullDownRefresh() {
      void this.refresh()
    },
    refresh() {
      return this.load(async () => {
        await start()
        const posts = ownPosts()
        const own = posts.map(personOf)
        this.setData({
          own,
          posts: posts.map(({ id, unit, title }) => ({
            value: id,
            label: [unit.name, title].filter(Boolean).join(' '),
          })),
          isForOthers: mayForOthers(posts),
          isSupervisor: posts.some(({ role }) => role === 'supervisor'),
        })
        this.show()
        await this.list()
        return own.length > 0
      })
    },
    async list() {
      const { own, isForOthers, isSupervisor } = this.data
      const { items } = await call('staff.absences', { limit: 100 })
      const branch = isForOthers && !isSupervisor && own[0] ? await staffOf(own[0].unitId) : []
      const shown = [...own, ...branch].map(({ id }) => id)
      const mine = items.filter(({ postId }) => isSupervisor || shown.includes(postId))
      this.setData({ lines: mine.sort(bySoonest).map((absence) => lineOf(absence, today())) })
    },
    draft(): Draft<AbsenceFields> {
      return readDraft(FORM, nobodyYet())
    },
    change(change: Partial<AbsenceFields>) {
      const draft = this.draft()
      keepDraft(FORM, { ...draft, fields: { ...draft.fields, ...change } })
      this.setData({ errors: {}, wrong: '' })
      this.show()
    },
    show() {
      const { fields } = this.draft()
      const who = fields.who ?? this.data.own[0] ?? null
      this.setData({
        fields: { ...fields, who },
        fromText: weekdayText(fields.fromOn),
        toText: weekdayText(fields.toOn),
        except: who ? [who.id] : [],
      })
    },
    choosePost({ detail }: Valued) {
      this.change({ who: this.data.own.find(({ id }) => id === detail.value) ?? null, standIn: null })
    },
    chooseFrom({ detail }: Valued) {
      const { toOn } = this.data.fields
      this.change({ fromOn: detail.value, toOn: toOn < detail.value ? detail.value : toOn })
    },
    chooseTo({ detail }: Valued) {
      this.change({ toOn: detail.value })
    },
    openWho() {
      this.setData({ picking: 'who' })
    },
    openStandIn() {
      this.setData({ picking: 'standIn' })
    },
    closePicker() {
      this.setData({ picking: '' })
    },
    pickWho({ detail }: WechatMiniprogram.CustomEvent<{ staff: Staff }>) {
      this.change({ who: personOf(detail.staff), standIn: null })
    },
    pickStandIn({ detail }: WechatMiniprogram.CustomEvent<{ staff: Staff }>) {
      this.change({ standIn: personOf(detail.staff) })
    },
    async hand() {
      const { key } = this.draft()
      const { who, standIn, fromOn, toOn } = this.data.fields
      const isDone = await this.submit(() =>
        call(
          'staff.setAbsence',
          {
            ...(who && { postId: who.id }),
            ...(standIn && { standInPostId: standIn.id }),
            ...(fromOn && { fromOn }),
            ...(toOn && { toOn }),
          },
          { key },
        ),
      )
      if (!isDone) return
      dropDraft(FORM)
      void wx.showToast({ title: '已登记', icon: 'success' })
      this.show()
      await this.refresh()
    },
    async cancel({ currentTarget }: WechatMiniprogram.TouchEvent<{}, {}, { id: string; name: string }>) {
      const { id, name } = currentTarget.dataset
      const content = `取消后，诉求不再转给替岗人，仍由${name}办理。`
      const { confirm } = await wx.showModal({
        title: '取消这次外出',
        content,
        confirmText: '取消外出',
        cancelText: '不取消',
      })
      if (confirm && (await this.submit(() => call('staff.setAbsence', { id, cancel: true })))) await this.refresh()
    },
  },
})
