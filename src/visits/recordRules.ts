/** What a record must say to be believed; what is only odd is flagged. */
import { parseWireInstant } from '../calendar/dates.js'
import type { Input } from '../contract.js'
import { type FieldError, invalid, Problem } from '../problem.js'
import type { VisitPlace } from './visit.js'

/** Phones' clocks run ahead a little. */
const TOLERANCE_MS = 5 * 60_000
/** Long enough for a phone that was without signal. */
const OLDEST_MS = 31 * 86_400_000

/** @throws Problem invalid, with every fault of the times */
export function readTimes(input: Pick<Input<'visit.record'>, 'startedAt' | 'endedAt'>, now: Date) {
  const startedAt = parseWireInstant(input.startedAt)
  const endedAt = parseWireInstant(input.endedAt)
  const errors: FieldError[] = []
  const fault = (path: string, message: string) => errors.push({ path, message })
  if (!startedAt) fault('startedAt', '请填写开始时间')
  else if (now.getTime() - startedAt.getTime() > OLDEST_MS) fault('startedAt', '只能补记31天内的上门服务')
  if (!endedAt) fault('endedAt', '请填写结束时间')
  else if (endedAt.getTime() - now.getTime() > TOLERANCE_MS) fault('endedAt', '结束时间还没有到')
  if (startedAt && endedAt && endedAt <= startedAt) fault('endedAt', '结束时间要晚于开始时间')
  if (!startedAt || !endedAt || errors.length > 0) throw new Problem('invalid', { errors })
  return { startedAt, endedAt }
}

/** The city's bounds in degrees, rounded outwards; approximate and unconfirmed, as only a flag hangs on them. */
const SHENYANG = { west: 122.4, east: 123.9, south: 41.1, north: 43.1 }

/** Genuine positions are taken for false ones too easily, so this refuses nothing. Half a position is odd too. */
export function isOdd(place: VisitPlace | undefined): boolean {
  if (!place || (place.latitude === undefined && place.longitude === undefined)) return false
  const { latitude = 0, longitude = 0 } = place
  const { west, east, south, north } = SHENYANG
  return !(south <= latitude && latitude <= north && west <= longitude && longitude <= east)
}

/** With several firms it must be said whose question an unsolved one is: its case belongs to that firm. */
export function checkFindings({ findings, enterpriseIds }: Input<'visit.record'>): void {
  const errors = findings.flatMap(({ enterpriseId, isSolved }, index) => {
    const path = `findings.${index}.enterpriseId`
    if (enterpriseId !== undefined && !enterpriseIds.includes(enterpriseId)) {
      return [{ path, message: '请从到访的企业中选择' }]
    }
    const isUnclear = !isSolved && enterpriseId === undefined && enterpriseIds.length > 1
    return isUnclear ? [{ path, message: '请选择是哪家企业提出的' }] : []
  })
  if (errors.length > 0) throw new Problem('invalid', { errors })
}

/** 企业同意才拍照. @throws Problem invalid */
export function checkPhotos({ photosAgreed, fileIds }: Input<'visit.record'>): void {
  if (photosAgreed === false && fileIds.length > 0) throw invalid('fileIds', '企业没有同意拍照，请去掉照片')
}
