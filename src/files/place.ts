/** Where a photo was taken: personal, so sealed under the uploader's key. */
import { openPersonal, type PersonalKey, sealPersonal } from '../encryption/personalKeys.js'
import type { Place } from './exif.js'
import type { StoredFile } from './storedFile.js'

export const placeField = 'file.place'

export type Coordinates = Required<Pick<Place, 'latitude' | 'longitude'>>

/** Null where the photo does not say where it was taken, or nobody holds the key. */
export function sealPlace(key: PersonalKey | undefined, personId: string, place: Place): string | null {
  const { latitude, longitude } = place
  if (latitude === undefined || longitude === undefined || key === undefined) return null
  return sealPersonal(key, placeField, personId, JSON.stringify({ latitude, longitude }))
}

export function openPlace(key: PersonalKey | undefined, file: StoredFile): Coordinates | null {
  if (file.placeSealed === null || file.uploadedBy === null || key === undefined) return null
  return JSON.parse(openPersonal(key, placeField, file.uploadedBy, file.placeSealed)) as Coordinates
}
