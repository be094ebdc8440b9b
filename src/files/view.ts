/** One file as it leaves the server, with a link where its reader may have one. */
import type { Knowledge } from '../house.js'
import type { FileView } from './contract.js'
import { linkExpiry, signLink } from './links.js'
import type { StoredFile } from './storedFile.js'

interface Showing {
  isHeld: boolean
  isReadable: boolean
  personId: string | null
}

export function viewOf(know: Knowledge, now: Date, file: StoredFile, showing: Showing): FileView {
  const { id, name, kind, mime, size } = file
  const { isHeld, isReadable, personId } = showing
  return { id, name, kind, mime, size, url: isReadable ? fileUrl(know, id, personId, linkExpiry(now)) : null, isHeld }
}

/** The path and query under which the file is served until then. */
export function fileUrl(know: Knowledge, fileId: string, personId: string | null, expiresAt: Date): string {
  return `/api/files/${fileId}?${signLink(know.keyring.purposeKey('links'), { fileId, personId, expiresAt })}`
}
