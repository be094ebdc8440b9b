/** Files as their uploader's own data: listed in the export; erasing takes the person away from them. */
import { IsNull } from 'typeorm'
import { toWireInstant } from '../calendar/dates.js'
import { loadPersonalKeys } from '../encryption/personalKeys.js'
import type { OwnData } from '../people/ownData.js'
import { fileTypeOf } from './kinds.js'
import { openPlace } from './place.js'
import { StoredFile } from './storedFile.js'

export const fileData: OwnData = {
  title: '上传的文件',
  async read(db, { person, know }) {
    const key = (await loadPersonalKeys(db, know.keyring, [person.id])).get(person.id)
    const files = await db.find(StoredFile, { where: { uploadedBy: person.id }, order: { id: 'ASC' } })
    return files.map((file) => {
      const place = openPlace(key, file)
      return {
        文件名: file.name,
        大小: file.size,
        上传时间: toWireInstant(file.uploadedAt),
        ...(file.takenAt && { 拍摄时间: toWireInstant(file.takenAt) }),
        ...(place && { 拍摄地点: `${place.latitude}, ${place.longitude}` }),
      }
    })
  },
  /** The bytes of what was not attached go with the next sweep. */
  async erase(db, { person }) {
    const uploadedBy = person.id
    await db.delete(StoredFile, { uploadedBy, ownerId: IsNull() })
    for (const { id, mime } of await db.find(StoredFile, { select: { id: true, mime: true }, where: { uploadedBy } })) {
      const name = `附件.${fileTypeOf(mime)?.extension ?? 'bin'}`
      await db.update(StoredFile, { id }, { name, placeSealed: null, takenAt: null, uploadedBy: null })
    }
  },
}
