// The record of a visit, written on the spot with or without a network: kept at each step, sent once.
import { page } from '../../behaviors/page'
import type { VisitView } from '../../services/api'
import { call } from '../../services/call'
import { clockText, dayOf, instantNow, today } from '../../services/dates'
import { newId } from '../../services/identifier'
import { isLocked, type Photo } from '../../services/outbox'
import { outbox } from '../../services/phoneOutbox'
import { start } from '../../services/session'
import {
  blankFields,
  blankFinding,
  blankHost,
  type FindingFields,
  type HostFields,
  endDayOf,
  type Official,
  type VisitFields,
} from '../../services/visitRecord'
import { haveWords } from '../../services/words'
import { choicesOf } from '../../services/choices'
import { firms as knownFirms, rememberStaff, usualStaff, weekOf } from '../services/known'
import { here, onMap } from '../../services/place'
import { dayWords, endDays, type Errors, errorsOf, faultsOf, isBeforeStart, saying, stateWords, wrongOf } from './view'

type Valued = WechatMiniprogram.CustomEvent<{ value: string }>
type Tap<T extends object> = WechatMiniprogram.TouchEvent<{}, {}, T>
interface Opened {
  id?: string
  visitId?: string
  projectId?: string
}

const OUTBOX = 'officer/outbox/index'
/** How each stops listening to the outbox. */
const stops = new WeakMap<object, () => void>()

Component({
  behaviors: [page],
  data: {
    id: '',
    fields: blankFields(''),
    photos: [] as Photo[],
    errors: {} as Errors,
    hostErrors: [] as string[],
    findingErrors: [] as string[],
    wrong: '',
    status: null as { word: string; tone: string; says: string } | null,
    isLocked: false,
    kinds: [] as { value: string; label: string }[],
    dayText: '',
    lastDay: '',
    endDays,
    /** `same`, `next`, or nothing: where the times leave no doubt. */
    endDay: '',
    hasPosition: false,
    agreers: [] as { value: string; label: string }[],
  },
  lifetimes: {
    detached() {
      stops.get(this)?.()
    },
  },
  methods: {
    onLoad({ id = '', visitId = '', projectId = '' }: Opened) {
      const entry = outbox.read(id || visitId)
      this.setData({
        id: entry?.id ?? (visitId || newId()),
        lastDay: today(),
      })
      if (entry) this.show(entry.fields, entry.photos, errorsOf(entry.said, entry.fields))
      else this.show(blankFields(today(), usualStaff()), [], {})
      void haveWords()
        .catch(() => undefined)
        .then(() => this.setData({ kinds: choicesOf('visitKinds') }))
      this.look()
      stops.set(
        this,
        outbox.onChange(() => this.look()),
      )
      if (!entry) void this.prefill(visitId, projectId)
    },
    /** What the outbox made of it meanwhile. */
    look() {
      const entry = outbox.read(this.data.id)
      const isOpened = entry !== undefined && entry.state !== 'draft'
      this.setData({
        status: isOpened ? { ...stateWords[entry.state], says: saying(entry) } : null,
        isLocked: entry !== undefined && isLocked(entry),
      })
      if (entry?.state === 'refused') this.mark(errorsOf(entry.said, entry.fields))
    },
    show(fields: VisitFields, photos: Photo[], errors: Errors) {
      this.setData({
        fields,
        photos,
        dayText: dayWords(fields.day),
        endDay: isBeforeStart(fields) ? (fields.endsNextDay ? 'next' : 'same') : '',
        hasPosition: fields.place.latitude !== undefined,
        agreers: agreersOf(fields),
      })
      this.mark(errors)
    },
    mark(errors: Errors) {
      const { hosts, findings } = this.data.fields
      this.setData({
        errors,
        hostErrors: hosts.map((_, at) => errors[`hosts.${at}`] ?? ''),
        findingErrors: findings.map((_, at) => errors[`findings.${at}`] ?? ''),
      })
    },
    /** Every step is kept at once. */
    change(change: Partial<VisitFields>, newPhotos?: Photo[]) {
      if (this.data.isLocked) return
      const fields = { ...this.data.fields, ...change }
      const photos = newPhotos ?? this.data.photos
      this.show(fields, photos, this.data.errors)
      this.setData({ wrong: '' })
      outbox.write(this.data.id, { fields, photos })
    },
    /** From the visit that was planned, or the project: as far as it can be known here. Nothing typed is overwritten. */
    async prefill(visitId: string, projectId: string) {
      await start().catch(() => undefined)
      if (this.data.fields.staff.length === 0) this.fill({ staff: usualStaff() })
      const known = (await (visitId ? plannedFields(visitId) : undefined)) ?? (await projectFields(visitId, projectId))
      if (known) this.fill(known)
    },
    fill(known: Partial<VisitFields>) {
      if (outbox.read(this.data.id) === undefined) this.show({ ...this.data.fields, ...known }, [], {})
    },
    take({ detail }: WechatMiniprogram.CustomEvent<Partial<VisitFields>>) {
      this.change(detail)
    },
    takePhotos({ detail }: WechatMiniprogram.CustomEvent<{ photosAgreed?: boolean; photos: Photo[] }>) {
      const { photosAgreed = this.data.fields.photosAgreed, photos } = detail
      this.change({ photosAgreed }, photos)
    },
    chooseKind({ detail }: Valued) {
      this.change({ kind: detail.value as VisitFields['kind'] })
    },
    chooseDay({ detail }: Valued) {
      this.change({ day: detail.value })
    },
    chooseStart({ detail }: Valued) {
      this.changeTimes({ startTime: detail.value })
    },
    chooseEnd({ detail }: Valued) {
      this.changeTimes({ endTime: detail.value })
    },
    chooseEndDay({ detail }: Valued) {
      this.change({ endsNextDay: detail.value === 'next' })
    },
    startNow() {
      this.changeTimes({ day: today(), startTime: clockText(instantNow()) })
    },
    /** Who taps after midnight what began before it left on the next day. */
    endNow() {
      const { day } = this.data.fields
      const endsNextDay = day !== '' && day !== today() && endDayOf({ day, endsNextDay: true }) === today()
      this.changeTimes({ endTime: clockText(instantNow()), endsNextDay })
    },
    /** A stay of a whole day is none: where the end is after the start again, it was on the same day. */
    changeTimes(change: Partial<VisitFields>) {
      const next = { ...this.data.fields, ...change }
      this.change({ ...change, ...(!isBeforeStart(next) && { endsNextDay: false }) })
    },
    typePlace({ detail }: Valued) {
      this.change({ place: { ...this.data.fields.place, name: detail.value } })
    },
    async useHere() {
      const found = await here()
      if (found) this.change({ place: { ...found, name: this.data.fields.place.name } })
    },
    async useMap() {
      const found = await onMap()
      if (found) this.change({ place: found })
    },
    dropPosition() {
      this.change({ place: { name: this.data.fields.place.name } })
    },
    addHost() {
      this.change({ hosts: [...this.data.fields.hosts, blankHost()] })
    },
    typeHost({
      detail,
      currentTarget,
    }: WechatMiniprogram.CustomEvent<{ value: string }, {}, { at: number; name: keyof HostFields }>) {
      const { at, name } = currentTarget.dataset
      const { hosts, agreedBy } = this.data.fields
      const before = hosts[at]?.name
      const next = hosts.map((host, index) => (index === at ? { ...host, [name]: detail.value } : host))
      const isAgreer = name === 'name' && agreedBy !== '' && agreedBy === before
      this.change({ hosts: next, ...(isAgreer && { agreedBy: detail.value }) })
    },
    dropHost({ currentTarget }: Tap<{ at: number }>) {
      const { hosts, agreedBy } = this.data.fields
      const next = hosts.filter((_, index) => index !== currentTarget.dataset.at)
      this.change({ hosts: next, agreedBy: next.some(({ name }) => name === agreedBy) ? agreedBy : '' })
    },
    chooseAgreer({ detail }: Valued) {
      this.change({ agreedBy: detail.value })
    },
    typeSummary({ detail }: Valued) {
      this.change({ summary: detail.value })
    },
    addFinding() {
      this.change({ findings: [...this.data.fields.findings, blankFinding()] })
    },
    takeFinding({
      detail,
      currentTarget,
    }: WechatMiniprogram.CustomEvent<{ finding: FindingFields }, {}, { at: number }>) {
      const { at } = currentTarget.dataset
      this.change({ findings: this.data.fields.findings.map((one, index) => (index === at ? detail.finding : one)) })
    },
    dropFinding({ currentTarget }: Tap<{ at: number }>) {
      this.change({ findings: this.data.fields.findings.filter((_, index) => index !== currentTarget.dataset.at) })
    },
    hand() {
      const { id, fields, photos } = this.data
      if (this.data.isLocked) return
      const errors = faultsOf(fields)
      this.mark(errors)
      this.setData({ wrong: wrongOf(errors) })
      if (Object.keys(errors).length > 0) return
      outbox.write(id, { fields, photos })
      rememberStaff(fields.staff)
      // It is sent on while the person is shown what becomes of it.
      void outbox.queue(id)
      const before = getCurrentPages().slice(-2)[0]?.route
      if (before === OUTBOX) void wx.navigateBack()
      else void wx.redirectTo({ url: `/${OUTBOX}` })
    },
  },
})

function agreersOf({ hosts }: VisitFields) {
  const names = [...new Set(hosts.map(({ name }) => name.trim()).filter(Boolean))]
  return names.length > 0
    ? [...names.map((name) => ({ value: name, label: name })), { value: '', label: '事先约好的' }]
    : []
}

/** A planned visit as the server has it; undefined when it cannot be asked. */
async function plannedFields(id: string): Promise<Partial<VisitFields> | undefined> {
  const visit: VisitView | undefined = await call('visit.read', { id }).catch(() => undefined)
  if (!visit) return undefined
  const staff: Official[] = visit.staff.map(({ postId, name, unit }) => ({ postId, name, unit }))
  return {
    kind: visit.kind,
    firms: visit.firms
      .filter(({ state }) => state !== 'declined')
      .map(({ enterprise }) => ({ id: enterprise.id, name: enterprise.name })),
    project: visit.project,
    staff,
    topics: visit.topics,
    day: visit.plannedOn !== null && dayOf(visit.plannedOn) <= today() ? visit.plannedOn : today(),
    startTime: visit.plannedTime ?? '',
  }
}

/** From what the phone kept: the project's firm. */
async function projectFields(visitId: string, projectId: string): Promise<Partial<VisitFields> | undefined> {
  const week = visitId ? await weekOf('this').catch(() => undefined) : undefined
  const due = week?.items.find((item) => item.visitId === visitId)
  const wanted = projectId || due?.project.id
  const known = await knownFirms().catch(() => [])
  const firm = known.find(({ projects }) => projects.some(({ id }) => id === wanted))
  const project = firm?.projects.find(({ id }) => id === wanted)
  return firm && project && { firms: [{ id: firm.id, name: firm.name }], project }
}
