/** How much may be on its way in at once, and how slowly: whoever holds back bytes does not hold up the rest. */
import { Problem } from '../problem.js'

export interface Intake {
  /** Uploads at the same time, each of which lies in memory until it is whole. */
  uploadsPerPerson: number
  uploadsInAll: number
  /** An upload of which nothing arrives for so long ends. */
  uploadStallMs: number
  /** How long the rest of an upload refused for want of a place is let go by before the answer. */
  refusedPatienceMs: number
  /** A JSON body has arrived after so long. */
  bodyMs: number
}

export const INTAKE: Intake = {
  uploadsPerPerson: 3,
  uploadsInAll: 40,
  uploadStallMs: 20_000,
  refusedPatienceMs: 3000,
  bodyMs: 15_000,
}

const RETRY_SECONDS = 10

export interface UploadPlaces {
  /** Takes a place and answers how to give it back. @throws Problem tooMany or unavailable, with Retry-After */
  take(personId: string): () => void
}

export function uploadPlaces({ uploadsPerPerson, uploadsInAll }: Intake): UploadPlaces {
  const held = new Map<string, number>()
  let all = 0
  return {
    take(personId) {
      const own = held.get(personId) ?? 0
      if (own >= uploadsPerPerson) {
        const title = `您有${own}个文件正在上传，请等它们传完`
        throw new Problem('tooMany', { title, retryAfterSeconds: RETRY_SECONDS })
      }
      if (all >= uploadsInAll) {
        throw new Problem('unavailable', { title: '上传的人太多，请稍后再试', retryAfterSeconds: RETRY_SECONDS })
      }
      held.set(personId, own + 1)
      all += 1
      return () => {
        all -= 1
        const left = (held.get(personId) ?? 1) - 1
        if (left === 0) held.delete(personId)
        else held.set(personId, left)
      }
    },
  }
}
