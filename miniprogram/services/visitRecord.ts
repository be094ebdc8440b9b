// A service visit as it is written on the phone, and the command that it becomes.
import type { Input } from './api'
import { newId } from './identifier'

export type VisitRecord = Input<'visit.record'>
type Finding = NonNullable<VisitRecord['findings']>[number]

export interface Named {
  id: string
  name: string
}
export interface Official {
  postId: string
  name: string
  unit: string
}
export interface HostFields {
  /** Tells the lines of the page apart. */
  key: string
  name: string
  title: string
  phone: string
}
export interface FindingFields {
  key: string
  text: string
  isSolved: boolean
  category: Finding['category'] | ''
  enterpriseId: string
}
export interface VisitFields {
  kind: VisitRecord['kind']
  firms: Named[]
  project: Named | null
  staff: Official[]
  /** In Shanghai: `2026-11-25`, `09:30`. */
  day: string
  startTime: string
  endTime: string
  /** It ended after midnight: `endTime` is of the day after `day`. */
  endsNextDay?: boolean
  place: { name: string; latitude?: number; longitude?: number }
  hosts: HostFields[]
  /** The host who asked for the visit or agreed to it. */
  agreedBy: string
  topics: string[]
  summary: string
  findings: FindingFields[]
  photosAgreed: boolean
}

export const blankFields = (day: string, staff: Official[] = []): VisitFields => ({
  kind: 'enterprise',
  firms: [],
  project: null,
  staff,
  day,
  startTime: '',
  endTime: '',
  place: { name: '' },
  hosts: [],
  agreedBy: '',
  topics: [],
  summary: '',
  findings: [],
  photosAgreed: false,
})

export const blankHost = (): HostFields => ({ key: newId(), name: '', title: '', phone: '' })
export const blankFinding = (): FindingFields => ({
  key: newId(),
  text: '',
  isSolved: true,
  category: '',
  enterpriseId: '',
})

/** What the server gets; a line that nobody wrote anything on is left out. */
export function recordOf(id: string, fields: VisitFields, fileIds: string[]): VisitRecord {
  const { kind, firms, project, staff, place, agreedBy, topics, summary, photosAgreed } = fields
  const placeName = place.name.trim() || (place.latitude === undefined ? '' : '上门地点')
  return {
    id,
    kind,
    enterpriseIds: firms.map((firm) => firm.id),
    ...(project && { projectId: project.id }),
    startedAt: instantOf(fields.day, fields.startTime),
    endedAt: instantOf(endDayOf(fields), fields.endTime),
    ...(placeName && { place: { ...place, name: placeName } }),
    staffIds: staff.map(({ postId }) => postId),
    hosts: writtenHosts(fields).map(({ name, title, phone }) => ({
      name,
      ...(title.trim() && { title }),
      ...(phone.trim() && { phone }),
    })),
    ...(agreedBy && { agreedBy }),
    topics,
    summary,
    findings: writtenFindings(fields).map(({ text, isSolved, category, enterpriseId }) => ({
      text,
      isSolved,
      ...(category && { category }),
      ...(enterpriseId && { enterpriseId }),
    })),
    photosAgreed,
    fileIds,
  }
}

/** Those with anything on them, in their order: the paths of the server's errors count these. */
export const writtenHosts = ({ hosts }: VisitFields): HostFields[] =>
  hosts.filter(({ name, title, phone }) => `${name}${title}${phone}`.trim() !== '')
export const writtenFindings = ({ findings }: VisitFields): FindingFields[] =>
  findings.filter(({ text }) => text.trim() !== '')

const DAY_MS = 86_400_000

/** The day on which it ended, in Shanghai. */
export const endDayOf = ({ day, endsNextDay = false }: Pick<VisitFields, 'day' | 'endsNextDay'>): string =>
  day && endsNextDay ? new Date(Date.parse(`${day}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10) : day

/** Without a time nothing is made up: the server then says that it is missing. */
const instantOf = (day: string, time: string): string => (day && time ? `${day}T${time}:00+08:00` : '')
