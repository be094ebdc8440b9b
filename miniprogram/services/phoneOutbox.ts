// The outbox of this phone: kept in its storage, photos in its file system, sent when there is a network.
import { call } from './call'
import { Failure } from './failure'
import { type Entry, Outbox, type Photo, type Shelf, type Ways } from './outbox'
import { type Picked, stored, unstore } from './picking'
import { compressed, upload } from './upload'

const NAMES = 'outbox.ids'
const nameOf = (id: string) => `outbox.${id}`
const names = (): string[] => wx.getStorageSync<string[]>(NAMES) || []

const shelf: Shelf = {
  all: () => names().flatMap((id) => wx.getStorageSync<Entry | ''>(nameOf(id)) || []),
  keep(entry) {
    // The entry first: a name without one is passed over, an entry without a name would be lost.
    wx.setStorageSync(nameOf(entry.id), entry)
    if (!names().includes(entry.id)) wx.setStorageSync(NAMES, [...names(), entry.id])
  },
  remove(id) {
    wx.setStorageSync(
      NAMES,
      names().filter((one) => one !== id),
    )
    wx.removeStorageSync(nameOf(id))
  },
}

const ways: Ways = {
  async upload(photo, { fields }) {
    if (!(await isThere(photo.path))) throw lostPhoto()
    // When and where it was taken stays with it only if the place is told anyway.
    const keepPlace = fields.place.latitude !== undefined
    return (await upload(photo.path, { key: photo.key, keepPlace })).id
  },
  record: (body) => call('visit.record', body, { key: body.id }),
  letGo(photos) {
    for (const { path } of photos) unstore(path)
  },
}

const lostPhoto = () => {
  const message = '有照片不在手机上了，请去掉或重拍'
  return new Failure({ title: message, status: 410, errors: [{ path: 'fileIds', message }] })
}

const isThere = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    wx.getFileSystemManager().access({ path, success: () => resolve(true), fail: () => resolve(false) })
  })

export const outbox = new Outbox(shelf, ways)

/** A photo just taken, made smaller and kept where it survives the mini-program's end. */
export async function keepPhoto({ key, path, size }: Picked): Promise<Photo> {
  return { key, path: await stored(await compressed(path, size)) }
}

const KEEP_SENT_MS = 14 * 86_400_000

/** Sends what waits now, and whenever the network is back or the mini-program is opened. Called once, at its start. */
export function startOutbox(): void {
  for (const { id, state, changedAt } of outbox.all()) {
    if (state === 'sent' && Date.now() - changedAt > KEEP_SENT_MS) outbox.remove(id)
  }
  const send = () => void outbox.sendAll()
  wx.onNetworkStatusChange(({ isConnected }) => {
    if (isConnected) send()
  })
  wx.onAppShow(send)
  send()
}
